using Marten;
using Microsoft.Extensions.DependencyInjection;
using Mila.BuildingBlocks.Outbox;

namespace Mila.Testing.Outbox;

/// <summary>Writers that do deeds as fast as they can, some of which are rolled back.</summary>
internal static class TrialWriters
{
    /// <summary>How often a deed is rolled back: one in so many.</summary>
    private const int RollBackEvery = 10;

    /// <summary>Runs until stopped (or killed).</summary>
    /// <param name="host">Where.</param>
    /// <param name="writers">How many at a time.</param>
    /// <param name="outside">Wrong on purpose: the notification is written by a transaction of its own, before that of the deed.</param>
    /// <param name="acknowledged">Told each deed whose commit has returned.</param>
    /// <param name="ct">Stops.</param>
    public static Task RunAsync(TrialHost host, int writers, bool outside, Action<Guid> acknowledged, CancellationToken ct) =>
        Task.WhenAll(Enumerable.Range(0, writers).Select(_ => WriteAsync(host, outside, acknowledged, ct)));

    private static async Task WriteAsync(TrialHost host, bool outside, Action<Guid> acknowledged, CancellationToken ct)
    {
        var clock = host.Services.GetRequiredService<TimeProvider>();
        var actor = Guid.CreateVersion7(clock.GetUtcNow());
        for (var number = 1; !ct.IsCancellationRequested; number++)
        {
            var deed = Guid.CreateVersion7(clock.GetUtcNow());
            var done = new DeedDone(actor, deed, number, clock.GetUtcNow());
            if (outside) await host.WriteAsync(session => Publish(session, done));

            Task Do(IDocumentSession session)
            {
                session.Store(new Deed { Id = deed });
                return outside ? Task.CompletedTask : Publish(session, done);
            }

            if (number % RollBackEvery == 0)
            {
                await host.WriteAndRollBackAsync(Do);
                continue;
            }

            await host.WriteAsync(Do);
            acknowledged(deed);
        }
    }

    private static Task Publish(IDocumentSession session, DeedDone done)
    {
        session.Publish(done);
        return Task.CompletedTask;
    }
}
