using System.Text.Json;
using Mila.BuildingBlocks.Api.Lists;
using Npgsql;
using NpgsqlTypes;

namespace Mila.Partners.Webhooks.Changes;

internal static class ListChanges
{
    internal static readonly StreamOf Stream = new("changes", ("type", "Types of message, comma-separated: event.published, or event.* for all of a resource."), ("resourceId", "Changes of one resource."));

    /// <summary>
    /// How a cursor knows the message at its place again: by the name of the stream and the id of the message, of which another timeline of the database has others.
    /// </summary>
    private const string Mark = "substr(encode(sha256(convert_to((select epoch from partners.webhook_stream) || m.id, 'UTF8')), 'hex'), 1, 20)";

    // Ordered by the transaction that wrote them. Only those of transactions below every one still under way are shown, so that nothing can appear behind a cursor later on.
    // One statement sees one state: the end of the stream is the end of what was looked through for this page.
    private const string Sql = $"""
        with place as materialized (
          select m.written_by, m.seq from partners.webhook_messages m where m.seq = $1 and {Mark} = $2
          union all select '0'::xid8, 0 where $1 = 0),
        tail as (
          select m.seq, {Mark} as mark from partners.webhook_messages m
          where m.written_by < pg_snapshot_xmin(pg_current_snapshot()) order by m.written_by desc, m.seq desc limit 1),
        page as (
          select m.written_by, m.seq, {Mark} as mark, m.id, m.type, m.resource, m.body from partners.webhook_messages m
          where (m.written_by, m.seq) > ((select written_by from place), (select seq from place))
            and m.written_by < pg_snapshot_xmin(pg_current_snapshot())
            and ($3::text[] is null or m.type = any($3)) and ($4::uuid is null or m.resource = $4) and m.type <> $5
            and ($7::uuid is null or m.audience is null or $7 = any(m.audience))
          order by m.written_by, m.seq limit $6)
        select tail.seq, tail.mark, page.seq, page.mark, page.id, page.type, page.resource, page.body
        from place left join tail on true left join page on true order by page.written_by, page.seq
        """;

    /// <summary>One change: what a webhook of this id announced.</summary>
    /// <param name="Id">The <c>webhook-id</c> of its message.</param>
    /// <param name="Type">What happened.</param>
    /// <param name="Timestamp">When.</param>
    /// <param name="ResourceId">To what.</param>
    /// <param name="Deleted">True for a tombstone: what it is about is gone, forget your copy.</param>
    /// <param name="Data">The thin form, as it is sent.</param>
    internal sealed record Change(string Id, string Type, DateTimeOffset Timestamp, Guid? ResourceId, bool Deleted, JsonElement Data);

    /// <summary>List what changed in the last 90 days, the oldest first: the stream of everything that webhooks announce. Keep <c>cursor</c> and ask again with it as <c>after</c>; 410 when what it points at is gone: then read from the start. A partner's key does not see what is told to other partners alone.</summary>
    internal static async Task<Results<Ok<StreamPage<Change>>, ProblemHttpResult>> Handle(ListRequest list, Caller caller, NpgsqlDataSource database, CancellationToken ct)
    {
        if (!Stream.Read(list).Succeeded(out var query, out var fault)) return fault.ToProblem();
        if (TypesOf(query) is not { } types) return StreamOf.Fault("type", "unknown-value", Languages.Say("There is no such type.", "Ce type n’existe pas.")).ToProblem();
        Guid resource = default;
        if (query.Filters.TryGetValue("resourceId", out var wanted) && !Guid.TryParse(wanted, out resource)) return StreamOf.Fault("resourceId", "malformed", Languages.Say("Not an id.", "Ce n’est pas un identifiant.")).ToProblem();

        await using var command = database.CreateCommand(Sql);
        command.Parameters.Add(new() { Value = query.After.Seq });
        command.Parameters.Add(new() { Value = query.After.Mark });
        command.Parameters.Add(new() { Value = types.Length == 0 ? DBNull.Value : types, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = wanted is null ? DBNull.Value : resource, NpgsqlDbType = NpgsqlDbType.Uuid });
        command.Parameters.Add(new() { Value = Types.EventTypes.Test });
        command.Parameters.Add(new() { Value = query.Take });
        command.Parameters.Add(new() { Value = (object?)caller.PartnerId ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid });
        return await ReadAsync(command, ct) is var (end, changes) ? Stream.Answer(list, query, changes, end) : ChangesErrors.CursorExpired.ToProblem();
    }

    /// <summary>The types asked for, none for all; null when one is unknown.</summary>
    private static string[]? TypesOf(StreamQuery query)
    {
        if (!query.Filters.TryGetValue("type", out var text)) return [];

        var wanted = text.Split(',');
        return wanted.All(Types.EventTypes.Knows) ? [.. wanted.SelectMany(Types.EventTypes.Covered).Distinct(StringComparer.Ordinal)] : null;
    }

    /// <summary>The end of the stream and the page; null when the place to read from is gone.</summary>
    private static async Task<(StreamPosition End, List<(StreamPosition, Change)> Changes)?> ReadAsync(NpgsqlCommand command, CancellationToken ct)
    {
        await using var reader = await command.ExecuteReaderAsync(ct);
        if (!await reader.ReadAsync(ct)) return null;

        var end = reader.IsDBNull(0) ? StreamPosition.Start : new StreamPosition(reader.GetInt64(0), reader.GetString(1));
        var changes = new List<(StreamPosition, Change)>();
        if (reader.IsDBNull(2)) return (end, changes);

        do
        {
            using var body = JsonDocument.Parse(reader.GetFieldValue<byte[]>(7));
            var type = reader.GetString(5);
            var change = new Change(
                reader.GetString(4), type, body.RootElement.GetProperty("timestamp").GetDateTimeOffset(), reader.IsDBNull(6) ? null : reader.GetGuid(6),
                Types.EventTypes.Find(type)?.IsTombstone == true, body.RootElement.GetProperty("data").Clone());
            changes.Add((new StreamPosition(reader.GetInt64(2), reader.GetString(3)), change));
        }
        while (await reader.ReadAsync(ct));
        return (end, changes);
    }
}
