using Polly;
using Polly.CircuitBreaker;

namespace Mila.Partners.Webhooks.Delivery;

/// <summary>
/// The circuit breaker of one endpoint (API.md W8). Twenty attempts within half a minute of which none succeeded open it: the endpoint then gets one attempt after 5 s, 10 s, 20 s, and so on up to
/// a minute, until one succeeds. What waits keeps its attempts: it is not even claimed. An endpoint with less to be told never meets it: its retries have their own plan.
/// </summary>
internal sealed class EndpointBreaker
{
    internal const int FailuresToOpen = 20;
    internal static readonly TimeSpan Sample = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_shortest = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(1);

    private readonly TimeProvider _clock;
    private readonly CircuitBreakerStateProvider _state = new();
    private readonly ResiliencePipeline<Attempted> _pipeline;
    private long _closedUntil;

    internal EndpointBreaker(TimeProvider clock)
    {
        _clock = clock;
        _pipeline = new ResiliencePipelineBuilder<Attempted> { TimeProvider = clock }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<Attempted>
            {
                FailureRatio = 1,
                MinimumThroughput = FailuresToOpen,
                SamplingDuration = Sample,
                BreakDurationGenerator = static opening => ValueTask.FromResult(PauseAfter(opening.HalfOpenAttempts)),
                ShouldHandle = static made => ValueTask.FromResult(made.Outcome.Result is { Outcome: not Outcome.Succeeded }),
                OnOpened = opened =>
                {
                    Volatile.Write(ref _closedUntil, (_clock.GetUtcNow() + opened.BreakDuration).UtcTicks);
                    return default;
                },
                StateProvider = _state,
            })
            .Build();
    }

    /// <summary>How many deliveries may be under way: all that are usual, none while it is open, one to try whether the endpoint is back.</summary>
    internal int Limit(int usual) => _state.CircuitState switch
    {
        CircuitState.Closed => usual,
        CircuitState.Open when _clock.GetUtcNow().UtcTicks < Volatile.Read(ref _closedUntil) => 0,
        _ => 1,
    };

    /// <summary>Makes one attempt; null when the breaker is open and nothing was sent.</summary>
    internal async Task<Attempted?> SendAsync(WebhookSender sender, Outgoing outgoing, CancellationToken stopping)
    {
        try
        {
            return await _pipeline.ExecuteAsync(static (send, ct) => new ValueTask<Attempted>(send.sender.SendAsync(send.outgoing, ct)), (sender, outgoing), stopping);
        }
        catch (BrokenCircuitException)
        {
            return null;
        }
    }

    private static TimeSpan PauseAfter(int failedTrials) => failedTrials < 4 ? s_shortest * (1 << failedTrials) : s_longest;
}
