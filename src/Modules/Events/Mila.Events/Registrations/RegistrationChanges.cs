namespace Mila.Events.Registrations;

/// <summary>The beats that every change of one registration shares: find it under its event's lock, decide, write, answer.</summary>
internal static class RegistrationChanges
{
    public static async Task<Results<Tagged<RegistrationResponse>, ProblemHttpResult>> ApplyAsync(
        Guid registrationId, Caller caller, Desks desks, IDocumentSession session, Func<Desk, Registration, Result> verb, CancellationToken ct, IfMatch? ifMatch = null)
    {
        var (desk, registration) = await desks.FindAsync(session, registrationId, ct);
        if (desk is null || registration is null || !caller.Sees(registration)) return RegistrationErrors.Unknown.ToProblem();

        if (ifMatch is { } match && !match.Allows(await RegistrationResponse.VersionAsync(session, registration, ct), out var stale)) return stale;
        if (!verb(desk, registration).Succeeded(out var refusal)) return refusal.ToProblem();

        await Desks.CloseAsync(session, desk, ct);
        await session.SaveChangesAsync(ct);
        return await RegistrationResponse.TaggedAsync(session, registration, ct);
    }
}
