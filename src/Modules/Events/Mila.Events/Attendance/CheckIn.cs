using Mila.Events.Registrations;

namespace Mila.Events.Attendance;

internal static class CheckIn
{
    /// <summary>Somebody with a place has come, from 12 hours before the event begins; said late, it corrects a no-show.</summary>
    internal static Task<Results<Tagged<RegistrationResponse>, ProblemHttpResult>> Handle(Guid registrationId, Caller caller, Desks desks, IDocumentSession session, CancellationToken ct) =>
        RegistrationChanges.ApplyAsync(registrationId, caller, desks, session, (desk, registration) => desk.CheckIn(registration), ct);

    /// <summary>Take back that somebody has come, until attendance is closed: the place is theirs as before, and they are expected.</summary>
    internal static Task<Results<Tagged<RegistrationResponse>, ProblemHttpResult>> Undo(Guid registrationId, Caller caller, IfMatch ifMatch, Desks desks, IDocumentSession session, CancellationToken ct) =>
        RegistrationChanges.ApplyAsync(registrationId, caller, desks, session, (desk, registration) => desk.UndoCheckIn(registration), ct, ifMatch);
}
