namespace Mila.Events.Registrations;

internal static class ReadRegistration
{
    /// <summary>Read a registration.</summary>
    internal static async Task<Results<Tagged<RegistrationResponse>, ProblemHttpResult>> Handle(Guid registrationId, Caller caller, IQuerySession session, CancellationToken ct)
    {
        var registration = await session.LoadAsync<Registration>(registrationId, ct);
        return registration is null || !caller.Sees(registration) ? RegistrationErrors.Unknown.ToProblem() : await RegistrationResponse.TaggedAsync(session, registration, ct);
    }

    /// <summary>A partner's key sees the people of its own network.</summary>
    internal static bool Sees(this Caller caller, Registration registration) => !caller.IsPartner || registration.PartnerId == caller.PartnerId;
}
