namespace Mila.Partners.Webhooks.Schedule;

/// <summary>When the next attempt is due (API.md W5): ten attempts over 75 h 35 min 5 s, never earlier than planned.</summary>
internal static class RetrySchedule
{
    private static readonly TimeSpan[] s_pauses =
    [
        TimeSpan.Zero, TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2),
        TimeSpan.FromHours(5), TimeSpan.FromHours(10), TimeSpan.FromHours(14), TimeSpan.FromHours(20), TimeSpan.FromHours(24),
    ];

    /// <summary>How many attempts a delivery has.</summary>
    internal static int Attempts => s_pauses.Length;

    /// <summary>The most that a receiver's <c>Retry-After</c> can ask for.</summary>
    internal static readonly TimeSpan LongestAsked = TimeSpan.FromHours(24);

    /// <summary>The least pause after a receiver said 429 or said nothing in time.</summary>
    internal static readonly TimeSpan Breather = TimeSpan.FromSeconds(60);

    /// <summary>The longest time between two attempts of one delivery: the last pause, its spread, and a quarter of an hour to notice.</summary>
    internal static readonly TimeSpan LongestPause = (s_pauses[^1] * 1.1) + TimeSpan.FromMinutes(15);

    /// <summary>When to try again, or null when every attempt is used up.</summary>
    /// <param name="made">How many attempts were made, this failed one included.</param>
    /// <param name="now">When the failed attempt ended.</param>
    /// <param name="asked">What <c>Retry-After</c> asked for; the later of the two counts.</param>
    /// <param name="overwhelmed">True after 429 and after a timeout.</param>
    /// <param name="randomness">From 0 to 1: the share of the +10 % by which attempts that failed together are spread.</param>
    internal static DateTimeOffset? Next(int made, DateTimeOffset now, TimeSpan? asked, bool overwhelmed, double randomness)
    {
        if (made >= s_pauses.Length) return null;

        var planned = s_pauses[made] * (1 + (0.1 * randomness));
        if (overwhelmed && planned < Breather) planned = Breather * (1 + (0.1 * randomness));

        var wanted = asked is { } wait ? (wait < LongestAsked ? wait : LongestAsked) : TimeSpan.Zero;
        return WholeMilliseconds(now + (planned > wanted ? planned : wanted));
    }

    /// <summary>Rounded up: PostgreSQL keeps microseconds, and a due time that lost a fraction would be earlier than planned.</summary>
    private static DateTimeOffset WholeMilliseconds(DateTimeOffset instant) =>
        instant.AddTicks((TimeSpan.TicksPerMillisecond - (instant.Ticks % TimeSpan.TicksPerMillisecond)) % TimeSpan.TicksPerMillisecond);
}
