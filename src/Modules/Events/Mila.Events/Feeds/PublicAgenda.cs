using Microsoft.Extensions.Logging;
using Mila.Events.Agenda;
using Mila.Events.Programmes;
using Npgsql;

namespace Mila.Events.Feeds;

/// <summary>
/// What the public sees, kept ready: read once per change, written to bytes once per change, served without the database.
/// Every host listens; one that lost its connection reads everything anew.
/// </summary>
internal sealed partial class PublicAgenda(IDocumentStore store, NpgsqlDataSource database, TimeProvider clock, ILogger<PublicAgenda> logger) : Microsoft.Extensions.Hosting.BackgroundService
{
    private static readonly TimeSpan KeptAfterCancellation = TimeSpan.FromDays(30);
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private AgendaEdition? _edition;

    /// <summary>The agenda as it stands; the first caller waits until it has been read.</summary>
    public async ValueTask<AgendaEdition> EditionAsync(CancellationToken ct)
    {
        if (_edition is null) await _ready.Task.WaitAsync(ct);
        return _edition!;
    }

    /// <summary>Read it anew now.</summary>
    public async Task RefreshAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var session = store.QuerySession();
        var events = await session.Query<Event>().Where(e => e.Status == EventStatus.Published || e.Status == EventStatus.Held || e.Status == EventStatus.Cancelled).ToListAsync(ct);
        var programmes = await session.Query<Programme>().ToListAsync(ct);
        _edition = AgendaEdition.Of(events.Where(e => IsPublic(e, now)), programmes, now);
        _ready.TrySetResult();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                LogLost(logger, e.GetType().Name);
                await Task.Delay(TimeSpan.FromSeconds(1), clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    // Cancelled before it was ever announced is nobody's news; after, the agenda says so for 30 days.
    private static bool IsPublic(Event e, DateTimeOffset now) =>
        e.PublishedAt is not null && (e.Cancellation is null || now - e.Cancellation.At < KeptAfterCancellation);

    private async Task ListenAsync(CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using (var listen = new NpgsqlCommand($"listen {AgendaListener.Channel}", connection)) await listen.ExecuteNonQueryAsync(ct);
        while (true)
        {
            await RefreshAsync(ct);

            // A cancelled event leaves after 30 days without anybody changing it: look at least once an hour.
            await connection.WaitAsync(TimeSpan.FromHours(1), ct);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The agenda lost its connection ({Fault}); it serves what it has and reads everything anew in a second")]
    private static partial void LogLost(ILogger logger, string fault);
}
