using Mila.BuildingBlocks.Values;

namespace Mila.Events.Agenda;

/// <summary>Everything about an event that staff decide; the verbs of <see cref="Event"/> decide the rest.</summary>
internal sealed record EventPlan(
    string Programme, EventTexts Texts, EventStatus Status, string? Month, DateTimeOffset? StartsAt, DateTimeOffset? EndsAt, Venue? Venue, Audience Audience, int? Capacity,
    int? SeatsPerOrganisation, IReadOnlyList<string> CoHosts, IReadOnlyList<Speaker> Speakers, IReadOnlyList<string> Tags, EventImage? Image = null)
{
    /// <summary>Its time. A start and an end make the month superfluous, so whoever schedules a month-only event need not clear it.</summary>
    public Result<When> When() => (StartsAt, EndsAt, Month) switch
    {
        ({ } start, { } end, _) when end <= start => EventErrors.EndsBeforeStart.At("/endsAt"),
        ({ } start, { } end, _) when end - start > TimeSpan.FromDays(Event.MaxDays) => EventErrors.TooLong.At("/endsAt"),
        ({ } start, { } end, _) => new When.Scheduled(start.ToUniversalTime(), end.ToUniversalTime()),
        (null, null, { } month) => new When.InMonth(month),
        (null, null, null) => new When.Undated(),
        _ => EventErrors.HalfScheduled.At(StartsAt is null ? "/startsAt" : "/endsAt"),
    };
}

/// <summary>What the public reads.</summary>
internal sealed record EventTexts(LocalizedText Title, LocalizedText? Summary);

/// <summary>How far an event has come.</summary>
internal enum EventStatus
{
    /// <summary>An idea.</summary>
    Tentative,

    /// <summary>Decided, not announced.</summary>
    Planned,

    /// <summary>In the public agenda.</summary>
    Published,

    /// <summary>Called off; the agenda says so for 30 days.</summary>
    Cancelled,

    /// <summary>It took place.</summary>
    Held,
}

/// <summary>Who may come.</summary>
internal enum Audience
{
    /// <summary>Members.</summary>
    Members,

    /// <summary>Members that MILA houses.</summary>
    Hosted,

    /// <summary>Members, and members of partner networks with a live agreement.</summary>
    Network,

    /// <summary>Professionals of music.</summary>
    Professionals,

    /// <summary>Everybody.</summary>
    Public,
}

/// <summary>How one takes part.</summary>
internal enum VenueMode
{
    /// <summary>At the address.</summary>
    OnSite,

    /// <summary>At the URL.</summary>
    Online,

    /// <summary>Either.</summary>
    Hybrid,
}

/// <summary>Where.</summary>
/// <param name="Mode">On site, online or both.</param>
/// <param name="Name">Name of the place.</param>
/// <param name="Address">Postal address, on one line.</param>
/// <param name="Url">Where one takes part online; https. Of an event that is not for everybody it is for those who are registered, and no page or feed shows it.</param>
/// <param name="SpaceCode">The space of MILA's that it uses.</param>
internal sealed record Venue(VenueMode Mode, string? Name = null, string? Address = null, string? Url = null, string? SpaceCode = null);

/// <summary>A picture of it.</summary>
/// <param name="Url">Where it stands; https.</param>
/// <param name="Alt">What it shows, for those who do not see it.</param>
/// <param name="Width">Its width in pixels, 1 to 20 000, with its height: pages then keep its place free, and who embeds the event is given it.</param>
/// <param name="Height">Its height in pixels.</param>
internal sealed record EventImage(string Url, LocalizedText Alt, int? Width = null, int? Height = null);

/// <summary>Why and when an event was called off.</summary>
internal sealed record Cancellation(LocalizedText Reason, DateTimeOffset At);
