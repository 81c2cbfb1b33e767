using Npgsql;

namespace Mila.Host;

/// <summary>The web application.</summary>
internal static class MilaApp
{
    /// <summary>Builds the application, not yet started.</summary>
    /// <param name="settings">What the command line says.</param>
    /// <param name="connectionString">The PostgreSQL database to use.</param>
    /// <param name="customise">A last word on the builder, for tests.</param>
    internal static WebApplication Build(HostSettings settings, string connectionString, Action<WebApplicationBuilder>? customise = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenAnyIP(settings.Port));
        builder.Services.AddSingleton(NpgsqlDataSource.Create(connectionString));
        customise?.Invoke(builder);

        var app = builder.Build();
        app.MapGet("/health/live", Results.NoContent);
        app.MapGet("/health/ready", ReadyAsync);
        return app;
    }

    private static async Task<IResult> ReadyAsync(NpgsqlDataSource database, CancellationToken ct)
    {
        try
        {
            await using var command = database.CreateCommand("select 1");
            await command.ExecuteScalarAsync(ct);
            return Results.Ok();
        }
        catch (NpgsqlException)
        {
            return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }
    }
}
