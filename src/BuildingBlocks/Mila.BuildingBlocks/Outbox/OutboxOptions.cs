namespace Mila.BuildingBlocks.Outbox;

/// <summary>Settings <c>Outbox__*</c>.</summary>
internal sealed class OutboxOptions
{
    internal const string Rule = "Outbox__Dispatchers is from 0 to 64, Outbox__BatchSize from 1 to 1000, Outbox__Poll and Outbox__Pauses are times longer than none.";

    /// <summary>Lanes served at the same time by one host, without those that are slow; 0 leaves the work to other hosts (and, in tests, to DrainAsync).</summary>
    public int Dispatchers { get; set; } = 8;

    /// <summary>Lanes that may be slow (see <see cref="Patience"/>) at the same time without keeping a dispatcher from the others. Each holds a connection.</summary>
    public int SlowLanes { get; set; } = 32;

    /// <summary>After so long a lane counts as slow, and its dispatcher turns to the next.</summary>
    public TimeSpan Patience { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Rows completed by one transaction, at most.</summary>
    public int BatchSize { get; set; } = 50;

    /// <summary>A batch that has taken so long ends with the row it is at: what is done is done soon, whoever dies.</summary>
    public TimeSpan BatchTime { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a handler may take with one notification, unless it says otherwise itself. Longer is a failure.</summary>
    public TimeSpan HandlerLimit { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long a handler may leave its transaction without a statement before the database takes the lane away: the time after which the rows of a host
    /// that hangs, or of a machine that is gone, are served by others. Zero for no limit.
    /// </summary>
    public TimeSpan IdleLimit { get; set; } = TimeSpan.FromMilliseconds(1250);

    /// <summary>How often each host looks for rows that no bell announced: scheduled ones, retries, those of a host that died.</summary>
    public TimeSpan Poll { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Pauses after the first, second… failure of a row; after the last one fails too, the row is parked as a dead letter.</summary>
    public IReadOnlyList<TimeSpan> Pauses { get; set; } =
        [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10), TimeSpan.FromHours(1)];

    /// <summary>A row whose handler this version does not know becomes a dead letter after so long: until then a host of a newer or older version may take it.</summary>
    public TimeSpan OrphanedAfter { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Switched off only by the controls of tests, which must fail then. Settings cannot reach it.</summary>
    internal bool LocksLanes { get; set; } = true;

    /// <summary>Switched off only by the controls of tests, which must fail then. Settings cannot reach it.</summary>
    internal bool LocksBuckets { get; set; } = true;

    /// <summary>Whether they follow <see cref="Rule"/>.</summary>
    internal bool AreSound => Dispatchers is >= 0 and <= 64 && BatchSize is >= 1 and <= 1000 && Poll > TimeSpan.Zero && Pauses.All(p => p > TimeSpan.Zero);
}
