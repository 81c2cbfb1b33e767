using Microsoft.Extensions.Logging;
using Mila.Partners.Webhooks.Delivery;
using Npgsql;

namespace Mila.Partners.Webhooks.Endpoints;

/// <summary>
/// Takes endpoints out of service (API.md W6): one that says 410 at once, one that was tried for 120 hours and did nothing but fail after warnings at 50, 70 and 90 % of that time.
/// What counts is the time from attempt to attempt: a server that was off for a week, or had nothing to say, holds that against nobody.
/// </summary>
internal sealed partial class EndpointCare(NpgsqlDataSource database, IServiceScopeFactory scopes, EndpointMails mails, TimeProvider clock, ILogger<EndpointCare> logger)
{
    internal const string Gone = "gone";
    internal const string Failing = "failing";

    /// <summary>How long nothing but failures is put up with.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromHours(120);

    /// <summary>When the partner is warned.</summary>
    private static readonly int[] s_warnings = [50, 70, 90];

    private const string FailingSql = "select endpoint_id, failed_at, tried_seconds, gone, warned from partners.webhook_health where tried_seconds >= $1 or gone order by endpoint_id";
    private const string WarnSql = "update partners.webhook_health set warned = $2 where endpoint_id = $1 and warned < $2 returning 1";
    private const string ForgetSql = "delete from partners.webhook_health where endpoint_id = $1";

    /// <summary>The receiver said 410.</summary>
    internal Task DisableGoneAsync(Guid endpointId, CancellationToken ct) => DisableAsync(endpointId, Gone, ct);

    /// <summary>Warn about and disable what has failed for long. Hosts may do this at the same time: each step happens once.</summary>
    internal async Task ReviewAsync(CancellationToken ct)
    {
        foreach (var (endpointId, failedAt, tried, gone, warned) in await FailingAsync(Patience * s_warnings[0] / 100, ct))
        {
            await using var scope = scopes.CreateAsyncScope();
            var session = scope.ServiceProvider.GetRequiredService<IDocumentSession>();
            var endpoint = await session.LoadAsync<WebhookEndpoint>(endpointId, ct);
            if (endpoint is not { Enabled: true } || failedAt < endpoint.EnabledAt)
            {
                await ExecuteAsync(ForgetSql, ct, endpointId);
                continue;
            }

            if (gone) await DisableAsync(endpointId, Gone, ct);
            else if (tried >= Patience) await DisableAsync(endpointId, Failing, ct);
            else if (s_warnings.LastOrDefault(w => tried >= Patience * w / 100) is var reached and > 0 && reached > warned) await WarnAsync(session, endpoint, (short)reached, ct);
        }
    }

    private async Task WarnAsync(IDocumentSession session, WebhookEndpoint endpoint, short reached, CancellationToken ct)
    {
        // In the transaction of the mail: neither is there without the other.
        await session.BeginTransactionAsync(ct);
        if (await session.ScalarAsync<int>(new NpgsqlCommand(WarnSql) { Parameters = { new() { Value = endpoint.Id }, new() { Value = reached } } }, ct) == 0) return;

        await mails.WarnAsync(session, endpoint, reached, Patience * (100 - reached) / 100, ct);
        await session.SaveChangesAsync(ct);
        LogFailing(logger, endpoint.Id, reached);
    }

    private async Task DisableAsync(Guid endpointId, string because, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var session = scope.ServiceProvider.GetRequiredService<IDocumentSession>();
        var endpoint = await session.LoadAsync<WebhookEndpoint>(endpointId, ct);
        if (endpoint?.Disable(because, clock.GetUtcNow()) == true)
        {
            session.Store(endpoint);
            await mails.DisabledAsync(session, endpoint, ct);
            await session.SaveChangesAsync(ct);
            LogDisabled(logger, endpointId, because);
        }

        await ExecuteAsync(ForgetSql, ct, endpointId);
    }

    private async Task<List<(Guid Endpoint, DateTimeOffset? FailedAt, TimeSpan Tried, bool Gone, short Warned)>> FailingAsync(TimeSpan atLeast, CancellationToken ct)
    {
        await using var command = database.CreateCommand(FailingSql);
        command.Parameters.Add(new() { Value = atLeast.TotalSeconds });
        await using var reader = await command.ExecuteReaderAsync(ct);
        var failing = new List<(Guid, DateTimeOffset?, TimeSpan, bool, short)>();
        while (await reader.ReadAsync(ct))
        {
            failing.Add((reader.GetGuid(0), reader.IsDBNull(1) ? null : reader.GetFieldValue<DateTimeOffset>(1), TimeSpan.FromSeconds(reader.GetDouble(2)), reader.GetBoolean(3), reader.GetInt16(4)));
        }

        return failing;
    }

    private async Task<int> ExecuteAsync(string sql, CancellationToken ct, params object[] values)
    {
        await using var command = database.CreateCommand(sql);
        foreach (var value in values) command.Parameters.Add(new() { Value = value });
        return await command.ExecuteNonQueryAsync(ct);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Webhook endpoint {Endpoint} does nothing but fail: {Reached} % of the time after which it is disabled")]
    private static partial void LogFailing(ILogger logger, Guid endpoint, short reached);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Webhook endpoint {Endpoint} was disabled: {Because}")]
    private static partial void LogDisabled(ILogger logger, Guid endpoint, string because);
}
