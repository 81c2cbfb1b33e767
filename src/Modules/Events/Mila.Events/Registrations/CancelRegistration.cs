namespace Mila.Events.Registrations;

internal static class CancelRegistration
{
    /// <summary>Give a place or a wish for one back, until the event is over; an offer that is not wanted is declined. What becomes free is offered to the line at once.</summary>
    internal static Task<Results<Tagged<RegistrationResponse>, ProblemHttpResult>> Handle(Guid registrationId, Caller caller, Desks desks, IDocumentSession session, CancellationToken ct) =>
        RegistrationChanges.ApplyAsync(registrationId, caller, desks, session, (desk, registration) => desk.Cancel(registration), ct);
}
