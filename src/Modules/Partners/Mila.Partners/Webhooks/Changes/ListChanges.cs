using System.Text.Json;
using Mila.BuildingBlocks.Api.Lists;
using Npgsql;
using NpgsqlTypes;

namespace Mila.Partners.Webhooks.Changes;

internal static class ListChanges
{
    internal static readonly StreamOf Stream = new("changes", ("type", "Types of message, comma-separated: event.published, or event.* for all of a resource."), ("resourceId", "Changes of one resource."));

    // Ordered by the transaction that wrote them. Only those of transactions below every one still under way are shown, so that nothing can appear behind a cursor later on.
    private const string Sql = """
        select m.written_by::text, m.seq, m.id, m.type, m.resource, m.body from partners.webhook_messages m
        where (m.written_by, m.seq) > (case when $1::xid8 > pg_snapshot_xmax(pg_current_snapshot()) then '0'::xid8 else $1::xid8 end, $2)
          and m.written_by < pg_snapshot_xmin(pg_current_snapshot())
          and ($3::text[] is null or m.type = any($3)) and ($4::uuid is null or m.resource = $4) and m.type <> $5
          and ($7::uuid is null or m.audience is null or $7 = any(m.audience))
        order by m.written_by, m.seq limit $6
        """;

    /// <summary>One change: what a webhook of this id announced.</summary>
    /// <param name="Id">The <c>webhook-id</c> of its message.</param>
    /// <param name="Type">What happened.</param>
    /// <param name="Timestamp">When.</param>
    /// <param name="ResourceId">To what.</param>
    /// <param name="Deleted">True for a tombstone: what it is about is gone, forget your copy.</param>
    /// <param name="Data">The thin form, as it is sent.</param>
    internal sealed record Change(string Id, string Type, DateTimeOffset Timestamp, Guid? ResourceId, bool Deleted, JsonElement Data);

    /// <summary>List what changed in the last 90 days, the oldest first: the stream of everything that webhooks announce. Keep <c>cursor</c> and ask again with it as <c>after</c>. A partner's key does not see what is told to other partners alone.</summary>
    internal static async Task<Results<Ok<StreamPage<Change>>, ProblemHttpResult>> Handle(ListRequest list, Caller caller, NpgsqlDataSource database, CancellationToken ct)
    {
        if (!Stream.Read(list).Succeeded(out var query, out var fault)) return fault.ToProblem();
        if (TypesOf(query) is not { } types) return StreamOf.Fault("type", "unknown-value", Languages.Say("There is no such type.", "Ce type n’existe pas.")).ToProblem();
        Guid resource = default;
        if (query.Filters.TryGetValue("resourceId", out var wanted) && !Guid.TryParse(wanted, out resource)) return StreamOf.Fault("resourceId", "malformed", Languages.Say("Not an id.", "Ce n’est pas un identifiant.")).ToProblem();

        await using var command = database.CreateCommand(Sql);
        command.Parameters.Add(new() { Value = query.After.Transaction, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = query.After.Seq });
        command.Parameters.Add(new() { Value = types.Length == 0 ? DBNull.Value : types, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = wanted is null ? DBNull.Value : resource, NpgsqlDbType = NpgsqlDbType.Uuid });
        command.Parameters.Add(new() { Value = Types.EventTypes.Test });
        command.Parameters.Add(new() { Value = query.Take });
        command.Parameters.Add(new() { Value = (object?)caller.PartnerId ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid });
        return Stream.Answer(list, query, await ReadAsync(command, ct));
    }

    /// <summary>The types asked for, none for all; null when one is unknown.</summary>
    private static string[]? TypesOf(StreamQuery query)
    {
        if (!query.Filters.TryGetValue("type", out var text)) return [];

        var wanted = text.Split(',');
        return wanted.All(Types.EventTypes.Knows) ? [.. wanted.SelectMany(Types.EventTypes.Covered).Distinct(StringComparer.Ordinal)] : null;
    }

    private static async Task<List<(StreamPosition, Change)>> ReadAsync(NpgsqlCommand command, CancellationToken ct)
    {
        await using var reader = await command.ExecuteReaderAsync(ct);
        var changes = new List<(StreamPosition, Change)>();
        while (await reader.ReadAsync(ct))
        {
            using var body = JsonDocument.Parse(reader.GetFieldValue<byte[]>(5));
            var type = reader.GetString(3);
            var change = new Change(
                reader.GetString(2), type, body.RootElement.GetProperty("timestamp").GetDateTimeOffset(), reader.IsDBNull(4) ? null : reader.GetGuid(4),
                Types.EventTypes.Find(type)?.IsTombstone == true, body.RootElement.GetProperty("data").Clone());
            changes.Add((new StreamPosition(reader.GetString(0), reader.GetInt64(1)), change));
        }

        return changes;
    }
}
