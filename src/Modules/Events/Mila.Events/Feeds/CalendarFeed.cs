using System.Text;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;
using Mila.BuildingBlocks.Values;
using Mila.Events.Agenda;

namespace Mila.Events.Feeds;

/// <summary>
/// iCalendar (RFC 5545, RFC 7986). Times are in UTC: FullCalendar passes over TZID and is hours wrong outside Paris, while UTC is right in every client.
/// Events without a day are left out: a calendar has no word for "in March".
/// </summary>
internal static class CalendarFeed
{
    private const string End = "END:VCALENDAR";
    private const string Fold = "\r\n ";
    private const int MostOctets = 75;

    public static byte[] Write(FeedOutline feed)
    {
        var calendar = new Ical.Net.Calendar { ProductId = "-//MILA//Mila//FR" };
        calendar.Properties.Add(new CalendarProperty("NAME", feed.Title));
        calendar.Properties.Add(new CalendarProperty("X-WR-CALNAME", feed.Title));
        calendar.Properties.Add(Typed("REFRESH-INTERVAL", "DURATION", "PT1H"));
        calendar.Properties.Add(new CalendarProperty("X-PUBLISHED-TTL", "PT1H"));
        calendar.Properties.Add(Typed("SOURCE", "URI", feed.Url(feed.PathOf("ics"))));
        calendar.Properties.Add(new CalendarProperty("URL", feed.Url(feed.HomePath)));
        var empty = new CalendarSerializer().SerializeToString(calendar)!;
        var head = Folded(empty[..empty.LastIndexOf(End, StringComparison.Ordinal)]);

        var parts = new FeedParts();
        parts.Add(Encoding.UTF8.GetBytes(head));
        foreach (var e in feed.Events)
        {
            if (e.Scheduled is { } scheduled) parts.Add(e.Written("ics", feed.Language, _ => Encoding.UTF8.GetBytes(Folded(new EventSerializer(new SerializationContext()).SerializeToString(EventOf(e, scheduled, feed))!))));
        }

        parts.Add(Encoding.UTF8.GetBytes(End + "\r\n"));
        return parts.Join();
    }

    /// <summary>
    /// Lines of 75 octets at most (RFC 5545 section 3.1) that end between characters: the library folds in the middle of those that take two units of
    /// UTF-16, and each half of an emoji then becomes a question mark.
    /// </summary>
    private static string Folded(string lines)
    {
        var text = lines.Replace(Fold, "", StringComparison.Ordinal);
        var folded = new StringBuilder(text.Length + (text.Length / 16));
        var octets = 0;
        Span<char> units = stackalloc char[2];
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is '\r' or '\n') octets = -1;
            else if (octets + rune.Utf8SequenceLength > MostOctets)
            {
                folded.Append(Fold);
                octets = 1;
            }

            octets = octets < 0 ? 0 : octets + rune.Utf8SequenceLength;
            folded.Append(units[..rune.EncodeToUtf16(units)]);
        }

        return folded.ToString();
    }

    private static CalendarEvent EventOf(PublicEvent e, When.Scheduled when, FeedOutline feed)
    {
        var entry = new CalendarEvent
        {
            Uid = $"{e.Id}@mila",
            Summary = e.Headline(feed.Language),
            Description = $"{feed.TextOf(e)}\n\n{feed.UrlOf(e)}",
            Location = e.Place ?? (e.Venue?.Mode is VenueMode.Online ? Wording.Of(feed.Language).Mode(VenueMode.Online) : null),
            Url = new Uri(feed.UrlOf(e)),
            DtStart = Utc(when.StartsAt),
            DtEnd = Utc(when.EndsAt),
            DtStamp = Utc(e.UpdatedAt),
            Created = Utc(e.PublishedAt),
            LastModified = Utc(e.UpdatedAt),
            Sequence = e.Sequence,
            Status = e.IsCancelled ? "CANCELLED" : "CONFIRMED",
            Class = "PUBLIC",
            Categories = [e.Partner?.Code ?? e.Programme, .. e.Tags.Select(Plain.Line)],
        };
        if (e.Image is { } image) entry.Properties.Add(Typed("IMAGE", "URI", image.Url));
        if (e.Venue?.Url is { } online) entry.Properties.Add(Typed("CONFERENCE", "URI", online));
        return entry;
    }

    private static CalendarProperty Typed(string name, string type, string value) => new(name, value) { Parameters = { new CalendarParameter("VALUE", type) } };

    private static CalDateTime Utc(DateTimeOffset instant) => new(DateTime.SpecifyKind(new DateTime(instant.UtcTicks / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond, DateTimeKind.Utc), DateTimeKind.Utc), "UTC");
}
