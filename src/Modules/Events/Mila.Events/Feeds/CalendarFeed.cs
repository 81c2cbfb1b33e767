using System.Text;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;
using Mila.Events.Agenda;

namespace Mila.Events.Feeds;

/// <summary>
/// iCalendar (RFC 5545, RFC 7986). Times are in UTC: FullCalendar passes over TZID and is hours wrong outside Paris, while UTC is right in every client.
/// Events without a day are left out: a calendar has no word for "in March".
/// </summary>
internal static class CalendarFeed
{
    public static FeedBytes Write(string title, IReadOnlyList<Event> events)
    {
        var calendar = new Ical.Net.Calendar { ProductId = "-//MILA//Mila//FR" };
        calendar.Properties.Add(new CalendarProperty("NAME", title));
        calendar.Properties.Add(new CalendarProperty("X-WR-CALNAME", title));
        calendar.Properties.Add(new CalendarProperty("REFRESH-INTERVAL", "PT1H") { Parameters = { new CalendarParameter("VALUE", "DURATION") } });
        foreach (var e in events)
        {
            if (e.When is When.Scheduled scheduled) calendar.Events.Add(EventOf(e, scheduled));
        }

        return new FeedBytes(Encoding.UTF8.GetBytes(new CalendarSerializer().SerializeToString(calendar)!), "text/calendar; charset=utf-8");
    }

    private static CalendarEvent EventOf(Event e, When.Scheduled when) => new()
    {
        Uid = $"{e.Id}@mila",
        Summary = e.Texts.Title.Fr,
        Description = e.Texts.Summary?.Fr,
        Location = e.Venue is null ? null : string.Join(", ", new[] { e.Venue.Name, e.Venue.Address }.OfType<string>()),
        DtStart = Utc(when.StartsAt),
        DtEnd = Utc(when.EndsAt),
        DtStamp = Utc(e.UpdatedAt),
        LastModified = Utc(e.UpdatedAt),
        Sequence = e.Sequence,
        Status = e.Status is Agenda.EventStatus.Cancelled ? "CANCELLED" : "CONFIRMED",
        Categories = [e.Programme],
    };

    private static CalDateTime Utc(DateTimeOffset instant) => new(DateTime.SpecifyKind(new DateTime(instant.UtcTicks / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond, DateTimeKind.Utc), DateTimeKind.Utc), "UTC");
}
