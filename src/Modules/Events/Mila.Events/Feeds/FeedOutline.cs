using System.Text.Encodings.Web;
using System.Text.Unicode;
using Mila.BuildingBlocks.Values;

namespace Mila.Events.Feeds;

/// <summary>What every format of a feed says: its name, its address, its events in the order of time.</summary>
/// <param name="Site">Where the server is.</param>
/// <param name="Filter">Which events these are.</param>
/// <param name="Path">Its address without the ending of a format: <c>/feeds/events</c>.</param>
/// <param name="Query">What follows the ending: empty, or from the question mark on.</param>
/// <param name="Title">Its name.</param>
/// <param name="Events">In the order of time.</param>
/// <param name="ChangedAt">When the agenda changed last.</param>
internal sealed record FeedOutline(AgendaSite Site, AgendaFilter Filter, string Path, string Query, string Title, IReadOnlyList<PublicEvent> Events, DateTimeOffset ChangedAt)
{
    /// <summary>Letters of every language stay letters; what is markup becomes text.</summary>
    public static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    public string Language => Filter.Language;

    /// <summary>Whether an event has no seat left.</summary>
    public Func<PublicEvent, bool> IsFull { get; init; } = _ => false;

    /// <summary>The page that shows the same.</summary>
    public string HomePath => "/agenda" + Filter.Query();

    public string PathOf(string ending) => $"{Path}.{ending}{Query}";

    public string Url(string path) => Site.Url(path);

    public string UrlOf(PublicEvent e) => e.Link(Site, Language);

    /// <summary>When, where and what, as paragraphs of HTML: readers of feeds have no other place for the time of an event.</summary>
    public string HtmlOf(PublicEvent e)
    {
        var wording = Wording.Of(Language);
        var reason = e.Cancellation is { } c ? $"<p><strong>{wording.Say("Annulé", "Cancelled")}</strong> {Encoder.Encode(Plain.Line(c.Reason.In(Language)))}</p>" : "";
        var place = e.Place is { } p ? $"<br>{Encoder.Encode(p)}" : "";
        var replay = e.ReplayUrl is { } url ? $"<p><a href=\"{Encoder.Encode(url)}\">{wording.Say("Voir la rediffusion", "Watch the recording")}</a></p>" : "";
        return $"{reason}<p>{Encoder.Encode(wording.Time(e.When))}{place}</p>{e.Html(Language, Site)}{replay}";
    }

    /// <summary>The same as plain text.</summary>
    public string TextOf(PublicEvent e) =>
        string.Join("\n\n", new[]
        {
            e.Cancellation is { } c ? $"{Wording.Of(Language).Say("Annulé :", "Cancelled:")} {Plain.Line(c.Reason.In(Language))}" : null,
            string.Join('\n', new[] { Wording.Of(Language).Time(e.When), e.Place }.OfType<string>()),
            e.Text(Language) is { Length: > 0 } text ? text : null,
            e.ReplayUrl is { } replay ? $"{Wording.Of(Language).Say("Rediffusion :", "Recording:")} {replay}" : null,
        }.OfType<string>());
}
