using Mila.Events.Agenda;
using Mila.Events.Registrations;

namespace Mila.Events.Attendance;

internal static class CloseAttendance
{
    /// <summary>Close the list at the door once the event is over: who had a place and was not checked in did not come, and who came is asked how it was.</summary>
    internal static async Task<Results<Ok<ReadAttendance.Response>, ProblemHttpResult>> Handle(
        Guid eventId, Caller caller, LinkSigner signer, Desks desks, IDocumentSession session, TimeProvider clock, CancellationToken ct)
    {
        if (caller.IsPartner || await desks.OpenAsync(session, eventId, ct) is not { } desk) return EventErrors.Unknown.ToProblem();

        if (!desk.CloseAttendance().Succeeded(out var refusal)) return refusal.ToProblem();

        session.WriteLocked([desk.Seats], s => s.Id, desk.Now);
        session.Publish(new AttendanceClosed(eventId, ""));
        await session.SaveChangesAsync(ct);
        return TypedResults.Ok(await ReadAttendance.CountAsync(eventId, caller, signer, session, ct));
    }
}

/// <summary>Nobody else will be checked in at this event's door.</summary>
internal sealed record AttendanceClosed(Guid EventId, string After) : INotification;
