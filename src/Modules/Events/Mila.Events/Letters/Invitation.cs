using System.Text;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;
using Mila.BuildingBlocks.Values;
using Mila.Events.Agenda;
using Mila.Events.Registrations;

namespace Mila.Events.Letters;

/// <summary>
/// A registration as an entry of the person's own calendar (iTIP, RFC 5546): <c>PUBLISH</c> shows it, <c>REQUEST</c> puts it there or changes it, <c>CANCEL</c> takes it out, and a higher SEQUENCE
/// overrules a lower one. Its UID is the registration's, so that it stands beside the agenda's own feed.
/// </summary>
internal static class Invitation
{
    /// <summary>The file; null for an event without a day, which no calendar can hold, and where it cannot be written: the letter goes without it.</summary>
    /// <param name="registration">Whose.</param>
    /// <param name="e">Of what.</param>
    /// <param name="told">The state that the letter speaks of: by now it may be another, of which the next letter speaks with the next number.</param>
    /// <param name="sequence">Of that letter.</param>
    /// <param name="settings">Who invites.</param>
    /// <param name="now">When it is written.</param>
    public static (string Method, byte[] Bytes)? Write(Registration registration, Event e, RegistrationStatus told, int sequence, RegistrationSettings settings, DateTimeOffset now)
    {
        if (e.When is not When.Scheduled when) return null;

        var (method, status) = told switch
        {
            // Nobody answers for an address that is not confirmed: what is published asks for no answer, and no program puts it into a calendar unasked.
            RegistrationStatus.Pending => ("PUBLISH", "TENTATIVE"),
            RegistrationStatus.Confirmed or RegistrationStatus.Attended or RegistrationStatus.NoShow => ("REQUEST", "CONFIRMED"),
            RegistrationStatus.Waitlisted or RegistrationStatus.Offered => ("REQUEST", "TENTATIVE"),
            _ => ("CANCEL", "CANCELLED"),
        };
        return Write(registration, e, told, when.StartsAt, when.EndsAt, (method, status), sequence, settings, now) is { } bytes ? (method, bytes) : null;
    }

    /// <summary>Takes the day that was known out of the person's calendar, where the event has none any more; null when none was known.</summary>
    public static (string Method, byte[] Bytes)? Retract(Registration registration, Event e, int sequence, RegistrationSettings settings, DateTimeOffset now) =>
        e is { When: not When.Scheduled, PreviousStartsAt: { } known } && Write(registration, e, registration.Status, known, null, ("CANCEL", "CANCELLED"), sequence, settings, now) is { } bytes ? ("CANCEL", bytes) : null;

    // One part of letters is written in one transaction: what a calendar cannot hold of one person keeps no other's letter waiting.
    private static byte[]? Write(
        Registration registration, Event e, RegistrationStatus told, DateTimeOffset startsAt, DateTimeOffset? endsAt, (string Method, string Status) says, int sequence, RegistrationSettings settings, DateTimeOffset now)
    {
        try
        {
            return Serialize(registration, e, told, startsAt, endsAt, says, sequence, settings, now);
        }
        catch (Exception unwritable) when (unwritable is ArgumentException or FormatException)
        {
            return null;
        }
    }

    private static byte[] Serialize(
        Registration registration, Event e, RegistrationStatus told, DateTimeOffset startsAt, DateTimeOffset? endsAt, (string Method, string Status) says, int sequence, RegistrationSettings settings, DateTimeOffset now)
    {
        var ((method, status), language) = (says, registration.Person.Language);
        var calendar = new Ical.Net.Calendar { ProductId = "-//MILA//Mila//FR", Method = method };
        calendar.Events.Add(new CalendarEvent
        {
            Uid = $"{registration.Id}@mila",
            Summary = Plain.Line(e.Texts.Title.In(language)),
            Location = RegistrationLetters.Where(e, registration, language) is { Length: > 0 } where ? Plain.Line(where) : null,
            Url = new Uri($"{settings.PublicUrl}/agenda/{e.Slug}"),
            DtStart = Utc(startsAt),
            DtEnd = endsAt is { } ends ? Utc(ends) : null,
            DtStamp = Utc(now),
            Sequence = sequence,
            Status = status,
            Transparency = status == "CONFIRMED" && told is not RegistrationStatus.NoShow ? TransparencyType.Opaque : TransparencyType.Transparent,
            Organizer = new Organizer($"mailto:{settings.Organiser}") { CommonName = "MILA" },
            // RFC 5546 section 3.2.1: what is published names no attendee.
            Attendees = method == "PUBLISH" ? [] : [new Attendee(Mailto(registration.Person.Email)) { CommonName = Parameter(registration.Person.Name), ParticipationStatus = Participation(told, status), Rsvp = false }],
        });
        return Encoding.UTF8.GetBytes(new CalendarSerializer().SerializeToString(calendar)!);
    }

    /// <summary>The address as a URI (RFC 6068): before its last @ much is valid in a mail that a URI has to escape. The plus sign need not be, and stays as people know it.</summary>
    internal static string Mailto(string email) =>
        email.LastIndexOf('@') is var at && at < 0 ? "mailto:" + Uri.EscapeDataString(email) : $"mailto:{Uri.EscapeDataString(email[..at]).Replace("%2B", "+", StringComparison.Ordinal)}@{email[(at + 1)..]}";

    // RFC 5545 section 3.2: a parameter's value is one line without a control character, and has no way to write the quotation mark. The library writes whatever it is given.
    private static string Parameter(string text) => Plain.Line(text).Replace('"', '\'');

    private static string Participation(RegistrationStatus told, string status) => told is RegistrationStatus.NoShow ? "DECLINED" : status == "CONFIRMED" ? "ACCEPTED" : "NEEDS-ACTION";

    private static CalDateTime Utc(DateTimeOffset instant) => new(new DateTime(instant.UtcTicks / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond, DateTimeKind.Utc), "UTC");
}
