namespace Mila.Partners.Webhooks.Delivery;

/// <summary>How an attempt ended (API.md W6). The numbers are stored.</summary>
internal enum Outcome
{
    /// <summary>A complete answer with a status of 2xx: nothing else is a success.</summary>
    Succeeded = 0,

    /// <summary>An answer with another status.</summary>
    Refused = 1,

    /// <summary>A redirect, which is not followed.</summary>
    Redirected = 2,

    /// <summary>410: the receiver wants nothing more, and its endpoint is disabled at once.</summary>
    Gone = 3,

    /// <summary>429: the receiver wants less.</summary>
    Throttled = 4,

    /// <summary>No complete answer within the time for all.</summary>
    TimedOut = 5,

    /// <summary>No connection: no name, no permitted address, nobody there, no valid certificate. Which one is not said.</summary>
    Unreachable = 6,

    /// <summary>The connection broke, or what came was not HTTP.</summary>
    Broken = 7,
}

internal static class Outcomes
{
    /// <summary>What a status says.</summary>
    internal static Outcome Of(int status) => status switch
    {
        >= 200 and < 300 => Outcome.Succeeded,
        >= 300 and < 400 => Outcome.Redirected,
        410 => Outcome.Gone,
        429 => Outcome.Throttled,
        _ => Outcome.Refused,
    };

    /// <summary>One sentence for the partner; null for a success.</summary>
    internal static string? TextOf(Outcome outcome) => outcome switch
    {
        Outcome.Succeeded => null,
        Outcome.Refused => "The endpoint answered with a status other than 2xx.",
        Outcome.Redirected => "The endpoint answered with a redirect, which is not followed.",
        Outcome.Gone => "The endpoint answered 410 and was disabled.",
        Outcome.Throttled => "The endpoint asked for fewer requests.",
        Outcome.TimedOut => "The endpoint did not answer completely in time.",
        Outcome.Broken => "The endpoint's answer could not be read.",
        _ => Guard.EndpointUnreachableException.Text,
    };

    /// <summary>The word for the outcome in the API.</summary>
    internal static string WordOf(Outcome outcome) => outcome switch
    {
        Outcome.TimedOut => "timedOut",
        _ => outcome.ToString().ToLowerInvariant(),
    };
}
