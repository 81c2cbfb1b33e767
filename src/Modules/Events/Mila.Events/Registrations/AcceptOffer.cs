namespace Mila.Events.Registrations;

internal static class AcceptOffer
{
    /// <summary>Take the place that is offered, before the event begins.</summary>
    internal static Task<Results<Tagged<RegistrationResponse>, ProblemHttpResult>> Handle(Guid registrationId, Caller caller, Desks desks, IDocumentSession session, CancellationToken ct) =>
        RegistrationChanges.ApplyAsync(registrationId, caller, desks, session, (desk, registration) => desk.Accept(registration), ct);
}
