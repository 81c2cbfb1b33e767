using System.Text.Json;
using Mila.BuildingBlocks.Api.Lists;
using Npgsql;
using NpgsqlTypes;

namespace Mila.Partners.Webhooks.Messages;

internal static class ListWebhookMessages
{
    internal static readonly LedgerOf Ledger = new("messages", ("type", "One type of message, such as event.published."), ("resourceId", "Messages about one resource."));

    private const string Sql = "select m.seq, m.id, m.type, m.resource, m.created_at, m.body from partners.webhook_messages m where " + MessageAccess.Sql + """
         and m.seq < $3 and ($4::text is null or m.type = $4) and ($5::uuid is null or m.resource = $5) order by m.seq desc limit $6
        """;

    /// <summary>A message.</summary>
    /// <param name="Id">The <c>webhook-id</c>.</param>
    /// <param name="Type">What happened.</param>
    /// <param name="ResourceId">What it is about.</param>
    /// <param name="CreatedAt">When it was written.</param>
    /// <param name="Payload">The thin form, as it is sent.</param>
    internal sealed record MessageResponse(string Id, string Type, Guid? ResourceId, DateTimeOffset CreatedAt, JsonElement Payload);

    /// <summary>List the messages of the last 90 days, newest first. A partner's key sees those for its own endpoints.</summary>
    internal static async Task<Results<Ok<Page<MessageResponse>>, ProblemHttpResult>> Handle(ListRequest list, Caller caller, IQuerySession session, NpgsqlDataSource database, CancellationToken ct)
    {
        if (!Ledger.Read(list).Succeeded(out var query, out var fault)) return fault.ToProblem();

        var type = query.Filters.GetValueOrDefault("type");
        if (type is not null && Types.EventTypes.Find(type) is null) return StreamOf.Fault("type", "unknown-value", Languages.Say("There is no such type.", "Ce type n’existe pas.")).ToProblem();
        Guid resource = default;
        if (query.Filters.TryGetValue("resourceId", out var wanted) && !Guid.TryParse(wanted, out resource)) return StreamOf.Fault("resourceId", "malformed", Languages.Say("Not an id.", "Ce n’est pas un identifiant.")).ToProblem();

        await using var command = database.CreateCommand(Sql);
        await command.AddAccessAsync(session, caller, ct);
        command.Parameters.Add(new() { Value = query.Before ?? long.MaxValue });
        command.Parameters.Add(new() { Value = (object?)type ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = wanted is null ? DBNull.Value : resource, NpgsqlDbType = NpgsqlDbType.Uuid });
        command.Parameters.Add(new() { Value = query.Take });
        return Ledger.Answer(list, query, await ReadAsync(command, ct));
    }

    private static async Task<List<(long, MessageResponse)>> ReadAsync(NpgsqlCommand command, CancellationToken ct)
    {
        await using var reader = await command.ExecuteReaderAsync(ct);
        var messages = new List<(long, MessageResponse)>();
        while (await reader.ReadAsync(ct))
        {
            using var payload = JsonDocument.Parse(reader.GetFieldValue<byte[]>(5));
            messages.Add((reader.GetInt64(0), new MessageResponse(
                reader.GetString(1), reader.GetString(2), reader.IsDBNull(3) ? null : reader.GetGuid(3), reader.GetFieldValue<DateTimeOffset>(4), payload.RootElement.Clone())));
        }

        return messages;
    }
}
