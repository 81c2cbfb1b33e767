using Mila.Events.Agenda;

namespace Mila.Events.Registrations;

/// <summary>What the time has to say to whoever wants to come to an event, or to give a place back.</summary>
internal static class DoorTimes
{
    /// <summary>How long before the start people are checked in: from the morning of an evening, and from the evening before a morning.</summary>
    public static readonly TimeSpan OpensBefore = TimeSpan.FromHours(12);

    /// <summary>Null when people register for it now; else why not.</summary>
    public static Error? TakesNobody(this Event e, DateTimeOffset now) =>
        e.Status is EventStatus.Cancelled ? EventErrors.Cancelled
        : e.IsOver(now) ? RegistrationErrors.EventOver
        : e.Status is EventStatus.Published ? null
        : RegistrationErrors.NotOpen;

    /// <summary>Whether it has taken place.</summary>
    public static bool IsOver(this Event e, DateTimeOffset now) => e.Status is EventStatus.Held || (e.Status is not EventStatus.Cancelled && e.When is When.Scheduled s && s.EndsAt <= now);

    /// <summary>Whether its door is open, or was. It has none before it has a day.</summary>
    public static bool MayCheckIn(this Event e, DateTimeOffset now) => e.DoorOpensAt() <= now;

    /// <summary>From when on people are checked in; null while the day is to be confirmed.</summary>
    public static DateTimeOffset? DoorOpensAt(this Event e) => (e.When as When.Scheduled)?.StartsAt - OpensBefore;
}
