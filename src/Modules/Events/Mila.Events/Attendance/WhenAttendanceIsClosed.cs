using Mila.Events.Letters;
using Mila.Events.Registrations;
using Mila.Events.Waiting;

namespace Mila.Events.Attendance;

/// <summary>Who did not come is noted, and who came is asked how it was. Some hundreds at a time.</summary>
internal sealed class WhenAttendanceIsClosed(IDocumentSession session, Desks desks) : INotificationHandler<AttendanceClosed>
{
    public async Task Handle(AttendanceClosed notification, CancellationToken ct)
    {
        if (await desks.OpenAsync(session, notification.EventId, ct) is not { } desk) return;

        var (registered, next) = await LiveRegistrations.PartAsync(session, notification.EventId, notification.After, ct);
        var thanks = new List<LetterDue>();
        foreach (var registration in registered)
        {
            if (registration.Status is RegistrationStatus.Confirmed) desk.Miss(registration);
            else if (registration.Status is RegistrationStatus.Attended) thanks.Add(new LetterDue(registration.Id, LetterDue.Feedback, registration.Sequence));
        }

        Desks.Write(session, [desk]);
        foreach (var letters in LettersDue.Of(notification.EventId, thanks)) session.Publish(letters);
        if (notification.After.Length == 0) session.Publish(new LineEnds(notification.EventId, 0));
        session.Publish(next is not null ? new AttendanceClosed(notification.EventId, next) : new AttendanceToCount(notification.EventId));
    }
}
