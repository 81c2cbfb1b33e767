using Mila.BuildingBlocks.Values;

namespace Mila.Membership.Members;

/// <summary>What staff say of a company; the verbs of <see cref="Member"/> decide the rest.</summary>
internal sealed record MemberProfile(
    string Name, string? Siren, IReadOnlyList<Activity> Activities, LocalizedText? Tagline, string? Website, string? LogoUrl, IReadOnlyList<string> NotableArtists);

/// <summary>What a company does (deploy/data/mila-2026.json, <c>activities</c>).</summary>
internal enum Activity
{
    /// <summary>Releases recordings.</summary>
    Label,

    /// <summary>Makes videos and films.</summary>
    AudiovisualProducer,

    /// <summary>Produces shows.</summary>
    LiveProducer,

    /// <summary>Sells concerts.</summary>
    Booker,

    /// <summary>Manages artists.</summary>
    ArtistManager,

    /// <summary>Publishes works.</summary>
    Publisher,

    /// <summary>Speaks to the press for artists.</summary>
    PressOfficer,

    /// <summary>Builds technology for music.</summary>
    MusicTech,

    /// <summary>Promotes artists online.</summary>
    DigitalMarketing,

    /// <summary>Records and mixes.</summary>
    Studio,

    /// <summary>Writes and broadcasts.</summary>
    Media,
}

/// <summary>How far a company has come.</summary>
internal enum MemberStatus
{
    /// <summary>It has asked; nobody outside Membership knows it.</summary>
    Candidate,

    /// <summary>It belongs.</summary>
    Active,

    /// <summary>It belongs, and nothing is open to it.</summary>
    Suspended,

    /// <summary>It belonged.</summary>
    Left,
}

/// <summary>Why and since when a member is suspended.</summary>
/// <param name="Reason">For the staff only.</param>
/// <param name="At">Since when.</param>
internal sealed record Suspension(string? Reason, DateTimeOffset At);
