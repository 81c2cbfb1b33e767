namespace Mila.Hosting.Spaces;

/// <summary>What staff say of a space.</summary>
internal sealed record SpacePlan(
    string Site, decimal? AreaSquareMetres, bool Bookable, Position? Position, string? Landlord, string? Note, bool FreeOfCharge);

/// <summary>What a space is.</summary>
internal enum SpaceKind
{
    /// <summary>A closed room to work in.</summary>
    Office,

    /// <summary>A place in an open space.</summary>
    Desk,

    /// <summary>A room to record or broadcast in.</summary>
    Studio,

    /// <summary>Booked by the hour, never leased.</summary>
    MeetingRoom,

    /// <summary>A shop of the Rue de la Musique.</summary>
    Shop,
}

/// <summary>Where, in WGS 84.</summary>
/// <param name="Latitude">Degrees north, -90 to 90.</param>
/// <param name="Longitude">Degrees east, -180 to 180.</param>
internal sealed record Position(double Latitude, double Longitude);
