namespace Mila.BuildingBlocks.Outbox;

/// <summary>Settings <c>Outbox__*</c>.</summary>
internal sealed class OutboxOptions
{
    /// <summary>Lanes served at the same time by one host; 0 leaves the work to other hosts (and, in tests, to DrainAsync).</summary>
    public int Dispatchers { get; set; } = 8;

    /// <summary>Rows completed by one transaction.</summary>
    public int BatchSize { get; set; } = 50;

    /// <summary>How often each host looks for rows that no bell announced: scheduled ones, retries, those of a host that died.</summary>
    public TimeSpan Poll { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Pauses after the first, second… failure of a row; after the last one fails too, the row is parked as a dead letter.</summary>
    public IReadOnlyList<TimeSpan> Pauses { get; set; } =
        [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10), TimeSpan.FromHours(1)];

    /// <summary>Switched off only by the controls of tests, which must fail then. Settings cannot reach it.</summary>
    internal bool LocksLanes { get; set; } = true;

    /// <summary>Switched off only by the controls of tests, which must fail then. Settings cannot reach it.</summary>
    internal bool LocksBuckets { get; set; } = true;
}
