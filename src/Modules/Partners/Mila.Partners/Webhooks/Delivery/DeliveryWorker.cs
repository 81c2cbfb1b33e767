using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Mila.Partners.Webhooks.Endpoints;
using Npgsql;

namespace Mila.Partners.Webhooks.Delivery;

/// <summary>Keeps the pump turning: at every bell, at every landed attempt, and behind both at a slow poll.</summary>
internal sealed partial class DeliveryWorker(DeliveryPump pump, EndpointCare care, WebhookRetention retention, NpgsqlDataSource database, IOptions<WebhookOptions> options, TimeProvider clock, ILogger<DeliveryWorker> logger)
    : Microsoft.Extensions.Hosting.BackgroundService
{
    private const int Busy = 32;
    private static readonly TimeSpan s_gather = TimeSpan.FromMilliseconds(4);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.Deliver) return;

        await KeepAsync("tuning", TuneAsync, null, stoppingToken);
        await Task.WhenAll(
            KeepAsync("delivery", TurnAsync, TimeSpan.Zero, stoppingToken),
            KeepAsync("poll", pump.PollAsync, options.Value.Poll, stoppingToken),
            KeepAsync("order", ct => DeliveryQueue.WakeStrandedAsync(database, ct), TimeSpan.FromSeconds(30), stoppingToken),
            KeepAsync("care", care.ReviewAsync, TimeSpan.FromSeconds(30), stoppingToken),
            KeepAsync("retention", retention.ForgetAsync, TimeSpan.FromHours(1), stoppingToken));
        await pump.StopAsync(TimeSpan.FromSeconds(3));
    }

    private async Task TurnAsync(CancellationToken ct)
    {
        await pump.WaitAsync(ct);
        // Under load, a moment's patience makes one transaction of many. Real time, because it saves work and decides nothing.
        while (await pump.TurnAsync(ct) >= Busy) await Task.Delay(s_gather, TimeProvider.System, ct);
    }

    private async Task TuneAsync(CancellationToken ct)
    {
        await using var command = database.CreateCommand(WebhookTables.Tuning);
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Again and again, at the pace given; a database that is away is asked again in a second. Without a pace: once.</summary>
    private async Task KeepAsync(string what, Func<CancellationToken, Task> work, TimeSpan? pace, CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await work(ct);
                if (pace is not { } pause) return;
                if (pause > TimeSpan.Zero) await Task.Delay(pause, clock, ct);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception problem)
            {
                LogFault(logger, what, problem.GetType().Name);
                pump.Ring();
                await Task.Delay(TimeSpan.FromSeconds(1), clock, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Webhook {What} met {Fault} and goes on in a second")]
    private static partial void LogFault(ILogger logger, string what, string fault);
}
