using Microsoft.Extensions.Time.Testing;
using Mila.BuildingBlocks.Api.RateLimiting;

namespace Mila.Host.Tests.RateLimiting;

public class FixedWindowsTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public void A_quota_is_given_and_then_refused()
    {
        var windows = new FixedWindows(3, Minute, 10, _clock);
        Enumerable.Range(0, 5).Select(_ => windows.Take("a")).Select(s => (s.Allowed, s.Remaining)).ShouldBe([(true, 2), (true, 1), (true, 0), (false, 0), (false, 0)]);
    }

    [Fact]
    public void Partitions_do_not_know_each_other()
    {
        var windows = new FixedWindows(1, Minute, 10, _clock);
        windows.Take("a").Allowed.ShouldBeTrue();
        windows.Take("b").Allowed.ShouldBeTrue();
        windows.Take("a").Allowed.ShouldBeFalse();
    }

    [Fact]
    public void A_window_ends_a_minute_after_its_first_request()
    {
        var windows = new FixedWindows(1, Minute, 10, _clock);
        windows.Take("a").Reset.ShouldBe(Minute);
        _clock.Advance(TimeSpan.FromSeconds(59));
        windows.Take("a").ShouldBe(new Standing(false, 0, TimeSpan.FromSeconds(1)));
        _clock.Advance(TimeSpan.FromSeconds(1));
        windows.Take("a").ShouldBe(new Standing(true, 0, Minute));
    }

    [Fact]
    public void Windows_that_ended_are_forgotten()
    {
        var windows = new FixedWindows(1, Minute, 1000, _clock);
        for (var i = 0; i < 500; i++) windows.Take($"{i}");
        _clock.Advance(Minute);
        windows.Take("one more");
        windows.Count.ShouldBe(1);
    }

    [Fact]
    public void Memory_is_bounded_and_the_newest_are_kept()
    {
        var windows = new FixedWindows(1, Minute, 100, _clock);
        for (var i = 0; i < 10_000; i++) windows.Take($"{i}");
        windows.Count.ShouldBe(100);
        windows.Take("9999").Allowed.ShouldBeFalse();
        windows.Take("0").Allowed.ShouldBeTrue();
    }

    [Fact]
    public void Parallel_requests_are_counted_exactly()
    {
        var windows = new FixedWindows(1000, Minute, 10, _clock);
        Hammer(() => windows.Take("a").Allowed).ShouldBe(1000);
    }

    // The control: the same load on the same rule without the lock lets too many through, so the test above would notice a lock that is missing.
    [Fact]
    public void The_load_of_that_test_breaks_a_counter_without_a_lock()
    {
        var taken = 0;
        Hammer(() =>
        {
            var seen = taken;
            if (seen >= 1000) return false;

            Thread.Yield();
            taken = seen + 1;
            return true;
        }).ShouldBeGreaterThan(1000);
    }

    private static int Hammer(Func<bool> take)
    {
        var allowed = 0;
        using var start = new Barrier(8);
        var threads = Enumerable.Range(0, 8).Select(_ => new Thread(() =>
        {
            start.SignalAndWait();
            for (var i = 0; i < 2000; i++)
            {
                if (take()) Interlocked.Increment(ref allowed);
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        return allowed;
    }
}
