using Mila.BuildingBlocks.Values;

namespace Mila.Events.Agenda;

/// <summary>Where people read that an event takes place; the same on pages, in calendars, in letters and for importers. What nobody has said is said nowhere.</summary>
/// <param name="Mode">On site, online or both.</param>
/// <param name="Name">Name of the place, on one line.</param>
/// <param name="Address">Its address, on one line.</param>
/// <param name="Url">Where one takes part online.</param>
internal sealed record Whereabouts(VenueMode Mode, string? Name, string? Address, string? Url)
{
    /// <summary>The house's name.</summary>
    public const string House = "MILA";

    /// <summary>The house's address.</summary>
    public const string HouseAddress = "Rue André Messager, 75018 Paris";

    /// <summary>What is said as the address where a form demands one and nobody has said it: MILA gathers people in Paris.</summary>
    public const string City = "Paris";

    /// <summary>A name and an address as they stand in a sentence; null where there is neither.</summary>
    public string? Line => string.Join(", ", new[] { Name, Address }.OfType<string>()) is { Length: > 0 } line ? line : null;

    /// <summary>The place that a venue means: one of MILA's own rooms without a name is at MILA.</summary>
    public static Whereabouts Of(Venue? venue)
    {
        var (name, address) = (Shown(venue?.Name), Shown(venue?.Address));
        return venue is { SpaceCode: not null, Mode: not VenueMode.Online } && name is null
            ? new Whereabouts(venue.Mode, House, address ?? HouseAddress, venue.Url)
            : new Whereabouts(venue?.Mode ?? VenueMode.OnSite, name, address, venue?.Url);
    }

    private static string? Shown(string? text) => text is not null && Plain.IsVisible(text) ? Plain.Line(text) : null;
}
