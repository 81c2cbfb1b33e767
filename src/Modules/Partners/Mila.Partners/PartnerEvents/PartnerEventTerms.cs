using Mila.BuildingBlocks.Values;

namespace Mila.Partners.PartnerEvents;

/// <summary>What a partner says of an event of its own.</summary>
internal sealed record PartnerEventTerms(
    LocalizedText Title, LocalizedText? Summary, string? Month, DateTimeOffset? StartsAt, DateTimeOffset? EndsAt, PartnerVenue? Venue, PartnerAudience Audience, string Url, IReadOnlyList<string> Tags,
    LocalizedText? CancellationReason)
{
    public bool Same(PartnerEventTerms other) => this with { Tags = [] } == other with { Tags = [] } && Tags.SequenceEqual(other.Tags, StringComparer.Ordinal);

    /// <summary>Whether a calendar has to learn of the difference.</summary>
    public bool Moves(PartnerEventTerms other) => (Month, StartsAt, EndsAt) != (other.Month, other.StartsAt, other.EndsAt);
}

/// <summary>Where.</summary>
/// <param name="Mode">On site, online or both.</param>
/// <param name="Name">Name of the place, at most 200 characters.</param>
/// <param name="Address">Postal address on one line, at most 300 characters.</param>
/// <param name="Url">Where the online part is announced; https.</param>
internal sealed record PartnerVenue(PartnerVenueMode Mode, string? Name = null, string? Address = null, string? Url = null);

/// <summary>How one takes part.</summary>
internal enum PartnerVenueMode
{
    /// <summary>At the address.</summary>
    OnSite,

    /// <summary>At the URL.</summary>
    Online,

    /// <summary>Either.</summary>
    Hybrid,
}

/// <summary>Whom a partner opens its event to.</summary>
internal enum PartnerAudience
{
    /// <summary>Its members and MILA's.</summary>
    Network,

    /// <summary>Professionals of music.</summary>
    Professionals,

    /// <summary>Everybody.</summary>
    Public,
}

/// <summary>Whether a partner's event stands.</summary>
internal enum PartnerEventStatus
{
    /// <summary>It will take place.</summary>
    Published,

    /// <summary>It was called off; the agenda says so for 30 days.</summary>
    Cancelled,

    /// <summary>The partner took it back; only its ids are left.</summary>
    Withdrawn,
}
