using Marten;
using Mila.BuildingBlocks.Outbox;

namespace Mila.Testing.Outbox;

/// <summary>A host that dies or hangs in the middle of a handler, its lane locked, while another stands by.</summary>
internal sealed class TakeoverTrial : IAsyncDisposable
{
    private readonly WritingProcess _falling;
    private readonly TrialHost _standing;
    private readonly Guid _held;

    private TakeoverTrial(WritingProcess falling, TrialHost standing, string connectionString, Guid held) =>
        (_falling, _standing, Database, _held) = (falling, standing, new TrialDatabase(connectionString), held);

    public TrialDatabase Database { get; }

    public WritingProcess Falling => _falling;

    /// <summary>Starts both, and lets the falling host come into a handler.</summary>
    /// <param name="connectionString">A database without tables.</param>
    /// <param name="idleLimit">Of the falling host.</param>
    public static async Task<TakeoverTrial> StartAsync(string connectionString, TimeSpan? idleLimit = null)
    {
        await TrialHost.PrepareAsync(connectionString);
        var falling = WritingProcess.Start(new WritingOrders(connectionString, "falling", Writers: 0, Stays: true, IdleLimit: idleLimit));
        await falling.ReadyAsync();
        var held = Guid.CreateVersion7();
        await using (var writer = await TrialHost.StartAsync(connectionString, "writer", configure: options => options.Dispatchers = 0)) await writer.WriteAsync(session => PublishAsync(session, held, default));
        await falling.StayAsync();
        return new TakeoverTrial(falling, await TrialHost.StartAsync(connectionString, "standing"), connectionString, held);
    }

    /// <summary>Lets the other host serve something of another lane, so that it is warm and known to be up.</summary>
    /// <param name="ahead">How far ahead that is due.</param>
    public async Task<TakeoverTrial> WarmAsync(TimeSpan ahead = default)
    {
        var actor = Guid.CreateVersion7();
        while (Lane.Of(TrialModule.Done, actor) == Lane.Of(TrialModule.Done, _held)) actor = Guid.CreateVersion7();
        await _standing.WriteAsync(session => PublishAsync(session, actor, ahead));
        await TrialDatabase.UntilAsync(async () => (await Database.NumbersAsync(nameof(WhenDeedDone))).Contains(actor));
        return this;
    }

    /// <summary>Kills or stops the falling host, waits until its row is handled by the other, and says how long that took by the clock of the database.</summary>
    public async Task<TimeSpan> TakenOverAfterAsync(Func<WritingProcess, Task> fall)
    {
        var falling = await Database.ScalarAsync<DateTime>("select clock_timestamp()");
        await fall(_falling);
        await TrialDatabase.UntilAsync(async () => await Database.QueuedAsync() == 0);
        return await Database.ScalarAsync<DateTime>($"select handled_at from trial.effect where actor = '{_held}'") - falling;
    }

    public async ValueTask DisposeAsync()
    {
        await _falling.DisposeAsync();
        await _standing.DisposeAsync();
        await Database.DisposeAsync();
    }

    private static Task PublishAsync(IDocumentSession session, Guid actor, TimeSpan ahead)
    {
        var now = TimeProvider.System.GetUtcNow();
        var done = new DeedDone(actor, Guid.CreateVersion7(), 1, now);
        if (ahead == default) session.Publish(done);
        else session.PublishAt(done, now + ahead);
        return Task.CompletedTask;
    }
}
