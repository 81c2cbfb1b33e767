using System.Text;
using Mila.Partners.Webhooks.Delivery;
using Npgsql;

namespace Mila.Partners.Webhooks.Messages;

/// <summary>One attempt to deliver a message.</summary>
/// <param name="Id">Grows with time.</param>
/// <param name="MessageId">The <c>webhook-id</c>.</param>
/// <param name="Type">The message's type.</param>
/// <param name="EndpointId">Where to.</param>
/// <param name="Number">1 for the first attempt.</param>
/// <param name="Outcome"><c>succeeded</c>, <c>refused</c>, <c>redirected</c>, <c>gone</c>, <c>throttled</c>, <c>timedOut</c>, <c>unreachable</c> or <c>broken</c>.</param>
/// <param name="Status">The HTTP status, where there was an answer.</param>
/// <param name="Error">One sentence; null after a success.</param>
/// <param name="StartedAt">When.</param>
/// <param name="DurationMs">How long, in milliseconds.</param>
/// <param name="Answer">The first 20 000 bytes of the answer, read as UTF-8.</param>
internal sealed record AttemptResponse(
    string Id, string MessageId, string Type, Guid EndpointId, int Number, string Outcome, int? Status, string? Error, DateTimeOffset StartedAt, int DurationMs, string Answer)
{
    internal const string Select = """
        select a.id, m.id, m.type, a.endpoint_id, a.number, a.outcome, a.status, a.started_at, a.duration_ms, a.answer
        from partners.webhook_attempts a join partners.webhook_messages m on m.seq = a.message_seq
        """;

    internal static async Task<List<(long, AttemptResponse)>> ReadAsync(NpgsqlCommand command, CancellationToken ct)
    {
        await using var reader = await command.ExecuteReaderAsync(ct);
        var attempts = new List<(long, AttemptResponse)>();
        while (await reader.ReadAsync(ct)) attempts.Add((reader.GetInt64(0), Of(reader)));
        return attempts;
    }

    private static AttemptResponse Of(NpgsqlDataReader row)
    {
        var outcome = (Outcome)row.GetInt16(5);
        return new AttemptResponse(
            row.GetInt64(0).ToString(System.Globalization.CultureInfo.InvariantCulture), row.GetString(1), row.GetString(2), row.GetGuid(3), row.GetInt16(4), Outcomes.WordOf(outcome),
            row.IsDBNull(6) ? null : row.GetInt16(6), Outcomes.TextOf(outcome), row.GetFieldValue<DateTimeOffset>(7), row.GetInt32(8), Encoding.UTF8.GetString(row.GetFieldValue<byte[]>(9)));
    }
}
