using Mila.BuildingBlocks.Api.Lists;
using Mila.Partners.Webhooks.Endpoints;
using Npgsql;

namespace Mila.Partners.Webhooks.Messages;

internal static class ListEndpointAttempts
{
    internal static readonly LedgerOf Ledger = new("endpoint-attempts");

    private const string Sql = AttemptResponse.Select + " where a.endpoint_id = $1 and a.id < $2 order by a.id desc limit $3";

    /// <summary>List what was sent to a webhook endpoint in the last 30 days, newest first.</summary>
    internal static async Task<Results<Ok<Page<AttemptResponse>>, ProblemHttpResult>> Handle(
        Guid endpointId, ListRequest list, Caller caller, IQuerySession session, NpgsqlDataSource database, CancellationToken ct)
    {
        if (!Ledger.Read(list).Succeeded(out var query, out var fault)) return fault.ToProblem();
        if (await session.LoadEndpointAsync(endpointId, caller, ct) is null) return EndpointErrors.Unknown.ToProblem();

        await using var command = database.CreateCommand(Sql);
        command.Parameters.Add(new() { Value = endpointId });
        command.Parameters.Add(new() { Value = query.Before ?? long.MaxValue });
        command.Parameters.Add(new() { Value = query.Take });
        return Ledger.Answer(list, query, await AttemptResponse.ReadAsync(command, ct));
    }
}
