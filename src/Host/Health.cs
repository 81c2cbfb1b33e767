using Mila.BuildingBlocks.Api;
using Mila.BuildingBlocks.Results;
using Mila.BuildingBlocks.Security;
using Npgsql;

namespace Mila.Host;

/// <summary>What a load balancer asks.</summary>
internal static class Health
{
    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        var health = app.MapGroup("/health").WithTags("Host").Public().NotLimited().AddEndpointFilter(ProblemPipeline.CompleteAsync);
        health.MapGet("/live", ReadLiveness).WithName(nameof(ReadLiveness)).Produces(StatusCodes.Status204NoContent);
        health.MapGet("/ready", ReadReadinessAsync).WithName("ReadReadiness").Produces<Readiness>();
    }

    /// <summary>Whether the process runs.</summary>
    internal static IResult ReadLiveness() => TypedResults.NoContent();

    /// <summary>That requests can be served.</summary>
    /// <param name="Status">Always <c>ready</c>; a host that is not answers 503.</param>
    internal sealed record Readiness(string Status);

    /// <summary>Whether requests can be served: the database answers.</summary>
    internal static async Task<IResult> ReadReadinessAsync(NpgsqlDataSource database, CancellationToken ct)
    {
        try
        {
            await using var command = database.CreateCommand("select 1");
            await command.ExecuteScalarAsync(ct);
            return TypedResults.Ok(new Readiness("ready"));
        }
        catch (NpgsqlException)
        {
            return ApiErrors.NotReady.ToProblem();
        }
    }
}
