namespace Mila.BuildingBlocks.Api.RateLimiting;

/// <summary>What is left of a quota.</summary>
/// <param name="Allowed">Whether this request was within it.</param>
/// <param name="Remaining">How many more are.</param>
/// <param name="Reset">When the quota is whole again: more than zero, at most the window.</param>
internal readonly record struct Standing(bool Allowed, int Remaining, TimeSpan Reset);

/// <summary>Counts requests per partition in windows of one length, each opened by the first request of its partition. Exact under parallel requests.</summary>
/// <remarks>Memory is bounded: beyond <paramref name="capacity"/> windows the oldest is forgotten. Who commands that many addresses gains only what the addresses
/// allow anyway, and nobody else is refused because of them.</remarks>
internal sealed class FixedWindows(int quota, TimeSpan length, int capacity, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Window> _open = [];

    // All windows have one length, so the order of opening is the order of ending.
    private readonly Queue<Window> _byOpening = new();

    /// <summary>How many windows are held.</summary>
    public int Count
    {
        get
        {
            lock (_gate) return _open.Count;
        }
    }

    /// <summary>Counts one request.</summary>
    public Standing Take(string partition)
    {
        lock (_gate)
        {
            var now = clock.GetTimestamp();
            while (_byOpening.TryPeek(out var oldest) && clock.GetElapsedTime(oldest.OpenedAt, now) >= length) CloseOldest();

            if (!_open.TryGetValue(partition, out var window))
            {
                if (_open.Count >= capacity) CloseOldest();
                _open[partition] = window = new Window(partition, now);
                _byOpening.Enqueue(window);
            }

            var allowed = window.Taken < quota;
            if (allowed) window.Taken++;
            return new Standing(allowed, quota - window.Taken, length - clock.GetElapsedTime(window.OpenedAt, now));
        }
    }

    /// <summary>Counts one request less, where its window is still open.</summary>
    public void GiveBack(string partition)
    {
        lock (_gate)
        {
            if (_open.TryGetValue(partition, out var window) && window.Taken > 0) window.Taken--;
        }
    }

    private void CloseOldest() => _open.Remove(_byOpening.Dequeue().Partition);

    private sealed class Window(string partition, long openedAt)
    {
        public string Partition => partition;

        public long OpenedAt => openedAt;

        public int Taken { get; set; }
    }
}
