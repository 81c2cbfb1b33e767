using System.ComponentModel;
using System.Text.Json.Serialization;
using Mila.Events.Contracts;

namespace Mila.Partners.Webhooks.Announcements;

/// <summary>An event as Events last told us of it: what the full public form is made from, and who has heard of it.</summary>
internal sealed class KnownEvent : IDocument
{
    private const string TakenOut = "planned";

    [JsonConstructor]
    private KnownEvent(Guid id, PublicEvent form, IReadOnlyList<string>? channels = null) => (Id, Form, Channels) = (id, form, channels ?? ChannelsOf(form));

    public Guid Id { get; }

    [JsonIgnore]
    public Guid Version { get; set; }

    public PublicEvent Form { get; private set; }

    /// <summary>Every channel on which it was told since it was published: who heard of it there hears what becomes of it too, also once it has left the channel.</summary>
    public IReadOnlyList<string> Channels { get; private set; }

    public static KnownEvent Of(EventPublished e) => new(e.EventId, FormOf(e));

    /// <summary>Who was told to forget it need not hear that it is back elsewhere.</summary>
    public void Published(EventPublished e)
    {
        if (Form.Status == TakenOut) Channels = [];
        Reads(FormOf(e));
    }

    public void Changed(EventChanged e) => Reads(Form with
    {
        Programme = e.Programme,
        Title = new PublicText(e.TitleFr, e.TitleEn),
        Audience = e.Audience,
        SpaceCode = e.SpaceCode,
        CoHosts = e.CoHosts,
        Summary = PublicText.Of(e.SummaryFr, e.SummaryEn),
        Venue = PublicVenue.Of(e.VenueMode, e.VenueName, e.VenueAddress, e.VenueUrl, e.SpaceCode),
        Tags = e.Tags,
        ImageUrl = e.ImageUrl,
        Version = e.Revision,
        UpdatedAt = e.At,
    });

    /// <summary>What else changed with the time is said by <see cref="EventChanged"/> of the same revision, and by this already: one version has one form.</summary>
    public void Moved(EventMoved e)
    {
        var moved = Form with
        {
            Programme = e.Programme,
            Month = e.Month,
            StartsAt = e.StartsAt,
            EndsAt = e.EndsAt,
            SpaceCode = e.SpaceCode,
            CoHosts = e.CoHosts,
            Version = e.Revision,
            UpdatedAt = e.At,
        };
        Reads(e.TitleFr is not { } title ? moved : moved with
        {
            Title = new PublicText(title, e.TitleEn),
            Audience = e.Audience ?? Form.Audience,
            Summary = PublicText.Of(e.SummaryFr, e.SummaryEn),
            Venue = PublicVenue.Of(e.VenueMode, e.VenueName, e.VenueAddress, e.VenueUrl, e.SpaceCode),
            Tags = e.Tags,
            ImageUrl = e.ImageUrl,
        });
    }

    public void Cancelled(EventCancelled e) => Reads(Form with { Status = "cancelled", CancellationReason = PublicText.Of(e.ReasonFr, e.ReasonEn), Version = e.Revision, UpdatedAt = e.At });

    public void Unpublished(EventUnpublished e) => Reads(Form with { Status = TakenOut, Version = e.Revision, UpdatedAt = e.At });

    public void Held(EventHeld e) => Reads(Form with { Status = "held", StartsAt = e.StartsAt, EndsAt = e.EndsAt, Version = e.Revision, UpdatedAt = e.At });

    private void Reads(PublicEvent form) => (Form, Channels) = (form, [.. Channels.Union(ChannelsOf(form), StringComparer.Ordinal)]);

    private static string[] ChannelsOf(PublicEvent form) => [Webhooks.Channels.OfProgramme(form.Programme), .. form.CoHosts.Select(Webhooks.Channels.OfPartner)];

    private static PublicEvent FormOf(EventPublished e) => new(
        e.EventId, e.Slug, e.Programme, new PublicText(e.TitleFr, e.TitleEn), "published", e.Month, e.StartsAt, e.EndsAt, e.SpaceCode, e.Audience, e.CoHosts, e.Revision, e.At,
        Summary: PublicText.Of(e.SummaryFr, e.SummaryEn), Venue: PublicVenue.Of(e.VenueMode, e.VenueName, e.VenueAddress, e.VenueUrl, e.SpaceCode), Tags: e.Tags, ImageUrl: e.ImageUrl);
}

/// <summary>The full public form of an event in a message: what the public agenda says of it, but for who speaks there.</summary>
internal sealed record PublicEvent(
    [property: Description("Of the event.")] Guid Id, [property: Description(Said.EventSlug)] string Slug, string Programme, PublicText Title,
    [property: Description("published, cancelled or held; planned once it was taken out of the agenda.")] string Status, string? Month, DateTimeOffset? StartsAt, DateTimeOffset? EndsAt, string? SpaceCode, string Audience,
    IReadOnlyList<string> CoHosts, [property: Description(Said.Version)] int Version, DateTimeOffset UpdatedAt,
    [property: Description(Said.EventUrl)] string Url = "",
    [property: Description("The zone in which people read its times.")] string TimeZone = "Europe/Paris",
    [property: Description("Markdown; left out where the message would be longer than 20 kB with it: read it at the url.")] PublicText? Summary = null,
    [property: Description("Where it takes place, once that is known.")] PublicVenue? Venue = null,
    [property: Description("Its tags; left out while they are not known.")] IReadOnlyList<string>? Tags = null,
    [property: Description("A picture of it.")] string? ImageUrl = null,
    [property: Description("Why it was called off.")] PublicText? CancellationReason = null,
    [property: Description(Said.Changed)] IReadOnlyList<string>? Changed = null);

/// <summary>A text in French and, where there is one, in English.</summary>
internal sealed record PublicText(string Fr, string? En)
{
    /// <summary>Null where nothing was said.</summary>
    internal static PublicText? Of(string? fr, string? en) => fr is null ? null : new PublicText(fr, en);
}

/// <summary>Where an event takes place.</summary>
internal sealed record PublicVenue(
    [property: Description("onSite, online or hybrid.")] string Mode, string? Name, string? Address,
    [property: Description("Where one takes part online; only of an event that is for everybody.")] string? Url,
    [property: Description("The space of MILA's that it uses.")] string? SpaceCode)
{
    /// <summary>Null where nothing was said.</summary>
    internal static PublicVenue? Of(string? mode, string? name, string? address, string? url, string? spaceCode) => mode is null ? null : new PublicVenue(mode, name, address, url, spaceCode);
}
