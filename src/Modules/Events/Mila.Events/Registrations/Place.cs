using Mila.Events.Agenda;

namespace Mila.Events.Registrations;

/// <summary>Where a place is.</summary>
internal enum Place
{
    /// <summary>In the room.</summary>
    OnSite,

    /// <summary>At the end of a link.</summary>
    Remote,
}

internal static class Places
{
    /// <summary>How one takes part in an event; on site, unless it says otherwise.</summary>
    public static VenueMode Mode(this Event e) => e.Venue.Mode();

    public static VenueMode Mode(this Venue? venue) => venue?.Mode ?? VenueMode.OnSite;

    /// <summary>The only place that an event of this mode has; null where people choose.</summary>
    public static Place? Only(this VenueMode mode) => mode switch
    {
        VenueMode.OnSite => Place.OnSite,
        VenueMode.Online => Place.Remote,
        _ => null,
    };

    /// <summary>Where somebody sits who asks for this place, or for none in particular.</summary>
    public static Result<Place> Choose(this Event e, Place? asked) =>
        e.Mode().Only() is not { } only ? asked ?? Place.OnSite
        : (asked ?? only) == only ? only
        : only is Place.OnSite ? RegistrationErrors.OnSiteOnly : RegistrationErrors.RemoteOnly;
}
