using Mila.BuildingBlocks.Api.Lists;
using Npgsql;

namespace Mila.Partners.Webhooks.Messages;

internal static class ListMessageAttempts
{
    internal static readonly LedgerOf Ledger = new("message-attempts");

    private const string KnownSql = "select m.seq from partners.webhook_messages m where m.id = $3 and " + MessageAccess.Sql;

    private const string Sql = AttemptResponse.Select + " where a.message_seq = $2 and ($1::uuid[] is null or a.endpoint_id = any($1)) and a.id < $3 order by a.id desc limit $4";

    /// <summary>List the attempts to deliver a message in the last 30 days, newest first.</summary>
    internal static async Task<Results<Ok<Page<AttemptResponse>>, ProblemHttpResult>> Handle(
        string messageId, ListRequest list, Caller caller, IQuerySession session, NpgsqlDataSource database, CancellationToken ct)
    {
        if (!Ledger.Read(list).Succeeded(out var query, out var fault)) return fault.ToProblem();

        await using var known = database.CreateCommand(KnownSql);
        await known.AddAccessAsync(session, caller, ct);
        known.Parameters.Add(new() { Value = messageId });
        if (await known.ExecuteScalarAsync(ct) is not long seq) return MessageErrors.Unknown.ToProblem();

        await using var command = database.CreateCommand(Sql);
        command.Parameters.Add(known.Parameters[0].Clone());
        command.Parameters.Add(new() { Value = seq });
        command.Parameters.Add(new() { Value = query.Before ?? long.MaxValue });
        command.Parameters.Add(new() { Value = query.Take });
        return Ledger.Answer(list, query, await AttemptResponse.ReadAsync(command, ct));
    }
}
