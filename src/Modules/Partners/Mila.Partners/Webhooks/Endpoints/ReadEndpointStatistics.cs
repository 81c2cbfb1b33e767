using Mila.Partners.Webhooks.Delivery;
using Npgsql;

namespace Mila.Partners.Webhooks.Endpoints;

internal static class ReadEndpointStatistics
{
    private const string AttemptsSql = """
        select count(*), count(*) filter (where outcome = 0), max(started_at) filter (where outcome = 0), max(started_at) filter (where outcome <> 0),
          percentile_cont(0.5) within group (order by duration_ms), percentile_cont(0.95) within group (order by duration_ms)
        from partners.webhook_attempts where endpoint_id = $1 and started_at >= $2
        """;

    private const string OutcomesSql = "select outcome, count(*) from partners.webhook_attempts where endpoint_id = $1 and started_at >= $2 group by outcome order by outcome";

    private const string QueueSql = """
        select count(*) filter (where state <> 1), count(*) filter (where state = 1), min(due_at) filter (where state = 0),
          (select failing_since from partners.webhook_health h where h.endpoint_id = $1)
        from partners.webhook_deliveries where endpoint_id = $1
        """;

    /// <summary>How an endpoint fares.</summary>
    /// <param name="Since">What is counted from; attempts are kept 30 days.</param>
    /// <param name="Attempts">Attempts made.</param>
    /// <param name="Succeeded">Those that a 2xx answered.</param>
    /// <param name="Outcomes">Attempts by outcome.</param>
    /// <param name="MedianMs">Half of the attempts took at most this, in milliseconds; null without attempts.</param>
    /// <param name="P95Ms">95 % took at most this.</param>
    /// <param name="LastSuccessAt">When the last successful attempt began.</param>
    /// <param name="LastFailureAt">When the last failed attempt began.</param>
    /// <param name="FailingSince">The first failure after the last success; null while it is well. After 120 hours of attempts from then on the endpoint is disabled; time in which nothing was tried does not count.</param>
    /// <param name="Waiting">Deliveries that will be attempted.</param>
    /// <param name="NextDueAt">When the next of them is due.</param>
    /// <param name="Failed">Deliveries whose attempts are used up: a recovery sends them again.</param>
    internal sealed record Response(
        DateTimeOffset Since, long Attempts, long Succeeded, IReadOnlyDictionary<string, long> Outcomes, double? MedianMs, double? P95Ms, DateTimeOffset? LastSuccessAt,
        DateTimeOffset? LastFailureAt, DateTimeOffset? FailingSince, long Waiting, DateTimeOffset? NextDueAt, long Failed);

    /// <summary>Read how a webhook endpoint fared in the last 30 days.</summary>
    internal static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        Guid endpointId, Caller caller, IQuerySession session, NpgsqlDataSource database, TimeProvider clock, CancellationToken ct)
    {
        if (await session.LoadEndpointAsync(endpointId, caller, ct) is null) return EndpointErrors.Unknown.ToProblem();

        var since = clock.GetUtcNow() - WebhookRetention.Attempts;
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new(AttemptsSql) { Parameters = { new() { Value = endpointId }, new() { Value = since.UtcDateTime } } },
                new(OutcomesSql) { Parameters = { new() { Value = endpointId }, new() { Value = since.UtcDateTime } } },
                new(QueueSql) { Parameters = { new() { Value = endpointId } } },
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        var (attempts, succeeded) = (reader.GetInt64(0), reader.GetInt64(1));
        var (lastSuccess, lastFailure, median, p95) = (InstantAt(reader, 2), InstantAt(reader, 3), NumberAt(reader, 4), NumberAt(reader, 5));
        await reader.NextResultAsync(ct);
        var outcomes = new Dictionary<string, long>(StringComparer.Ordinal);
        while (await reader.ReadAsync(ct)) outcomes[Delivery.Outcomes.WordOf((Outcome)reader.GetInt16(0))] = reader.GetInt64(1);
        await reader.NextResultAsync(ct);
        await reader.ReadAsync(ct);
        return TypedResults.Ok(new Response(since, attempts, succeeded, outcomes, median, p95, lastSuccess, lastFailure, InstantAt(reader, 3), reader.GetInt64(0), InstantAt(reader, 2), reader.GetInt64(1)));
    }

    private static DateTimeOffset? InstantAt(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetFieldValue<DateTimeOffset>(column);

    private static double? NumberAt(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : Math.Round(row.GetDouble(column), 1);
}
