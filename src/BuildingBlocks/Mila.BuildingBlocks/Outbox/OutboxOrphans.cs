using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using NpgsqlTypes;

namespace Mila.BuildingBlocks.Outbox;

/// <summary>Rows whose handler was renamed or removed: nobody claims them, so they are shown as dead letters instead of lying unseen for ever.</summary>
internal sealed partial class OutboxOrphans(
    NpgsqlDataSource database, Subscriptions subscriptions, IOptions<OutboxOptions> options, TimeProvider clock, ILogger<OutboxOrphans> logger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    // Locked rows are somebody's who knows the handler.
    private const string ParkSql = """
        update mila.outbox set parked_at = $1, error = 'No handler of this name is registered.'
        where seq in (select seq from mila.outbox where parked_at is null and subscriber <> all($2) and greatest(published_at, due_at) <= $3 for update skip locked)
          and parked_at is null
        """;

    private long? _last;

    /// <summary>Looks for them, once a minute.</summary>
    public async Task ParkNowAndThenAsync(CancellationToken ct)
    {
        if (_last is { } last && clock.GetElapsedTime(last) < Pause) return;

        await ParkAsync(ct);
        _last = clock.GetTimestamp();
    }

    private async Task ParkAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using var command = database.CreateCommand(ParkSql);
        command.Parameters.Add(new() { Value = now });
        command.Parameters.Add(new() { Value = subscriptions.Names, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = now - options.Value.OrphanedAfter });
        if (await command.ExecuteNonQueryAsync(ct) is > 0 and var parked) LogParked(logger, parked);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Rows} notifications are for handlers that this version does not know. See /v1/dead-letters")]
    private static partial void LogParked(ILogger logger, int rows);
}
