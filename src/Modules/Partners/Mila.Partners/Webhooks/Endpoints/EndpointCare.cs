using Mila.Partners.Webhooks.Delivery;
using Npgsql;

namespace Mila.Partners.Webhooks.Endpoints;

/// <summary>
/// Takes endpoints out of service (API.md W6): one that says 410 at once, one that does nothing but fail for 120 hours after warnings at 50, 70 and 90 % of that time.
/// </summary>
internal sealed class EndpointCare(NpgsqlDataSource database, IServiceScopeFactory scopes, TimeProvider clock)
{
    internal const string Gone = "gone";
    internal const string Failing = "failing";

    /// <summary>How long nothing but failures is put up with.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromHours(120);

    /// <summary>When the partner is warned.</summary>
    private static readonly int[] s_warnings = [50, 70, 90];

    private const string FailingSql = "select endpoint_id, failing_since, warned from partners.webhook_health where failing_since <= $1 order by endpoint_id";
    private const string WarnSql = "update partners.webhook_health set warned = $2 where endpoint_id = $1 and warned < $2 returning 1";
    private const string ForgetSql = "delete from partners.webhook_health where endpoint_id = $1";

    /// <summary>The receiver said 410.</summary>
    internal Task DisableGoneAsync(Guid endpointId, CancellationToken ct) => DisableAsync(endpointId, Gone, ct);

    /// <summary>Warn about and disable what has failed for long. Hosts may do this at the same time: each step happens once.</summary>
    internal async Task ReviewAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        foreach (var (endpointId, since, warned) in await FailingAsync(now - (Patience * s_warnings[0] / 100), ct))
        {
            await using var scope = scopes.CreateAsyncScope();
            var session = scope.ServiceProvider.GetRequiredService<IDocumentSession>();
            var endpoint = await session.LoadAsync<WebhookEndpoint>(endpointId, ct);
            if (endpoint is not { Enabled: true })
            {
                await ExecuteAsync(ForgetSql, ct, endpointId);
                continue;
            }

            var failing = now - (since > endpoint.EnabledAt ? since : endpoint.EnabledAt);
            if (failing >= Patience) await DisableAsync(endpointId, Failing, ct);
            else if (s_warnings.LastOrDefault(w => failing >= Patience * w / 100) is var reached and > 0 && reached > warned) await WarnAsync(session, endpoint, (short)reached, ct);
        }
    }

    private async Task WarnAsync(IDocumentSession session, WebhookEndpoint endpoint, short reached, CancellationToken ct)
    {
        // In the transaction of the mail: neither is there without the other.
        await session.BeginTransactionAsync(ct);
        if (await session.ScalarAsync<int>(new NpgsqlCommand(WarnSql) { Parameters = { new() { Value = endpoint.Id }, new() { Value = reached } } }, ct) == 0) return;

        await EndpointMails.WarnAsync(session, endpoint, reached, Patience * (100 - reached) / 100, clock, ct);
        await session.SaveChangesAsync(ct);
    }

    private async Task DisableAsync(Guid endpointId, string because, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var session = scope.ServiceProvider.GetRequiredService<IDocumentSession>();
        var endpoint = await session.LoadAsync<WebhookEndpoint>(endpointId, ct);
        if (endpoint?.Disable(because, clock.GetUtcNow()) == true)
        {
            session.Store(endpoint);
            await EndpointMails.DisabledAsync(session, endpoint, clock, ct);
            await session.SaveChangesAsync(ct);
        }

        await ExecuteAsync(ForgetSql, ct, endpointId);
    }

    private async Task<List<(Guid, DateTimeOffset, short)>> FailingAsync(DateTimeOffset since, CancellationToken ct)
    {
        await using var command = database.CreateCommand(FailingSql);
        command.Parameters.Add(new() { Value = since.UtcDateTime });
        await using var reader = await command.ExecuteReaderAsync(ct);
        var failing = new List<(Guid, DateTimeOffset, short)>();
        while (await reader.ReadAsync(ct)) failing.Add((reader.GetGuid(0), reader.GetFieldValue<DateTimeOffset>(1), reader.GetInt16(2)));
        return failing;
    }

    private async Task<int> ExecuteAsync(string sql, CancellationToken ct, params object[] values)
    {
        await using var command = database.CreateCommand(sql);
        foreach (var value in values) command.Parameters.Add(new() { Value = value });
        return await command.ExecuteNonQueryAsync(ct);
    }
}
