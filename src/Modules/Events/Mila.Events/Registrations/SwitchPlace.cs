namespace Mila.Events.Registrations;

internal static class SwitchPlace
{
    /// <param name="Place"><c>onSite</c> or <c>remote</c>.</param>
    internal sealed record Request(Place Place);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator() => RuleFor(r => r.Place).IsInEnum();
    }

    /// <summary>Change from the room to the link of a hybrid event, or back while a seat is free. Who waited for a seat leaves the line by it.</summary>
    internal static async Task<Results<Tagged<RegistrationResponse>, ProblemHttpResult>> Handle(
        Guid registrationId, Request request, Caller caller, Desks desks, IDocumentSession session, CancellationToken ct)
    {
        var (desk, registration) = await desks.FindAsync(session, registrationId, ct);
        if (desk is null || registration is null || !caller.Sees(registration)) return RegistrationErrors.Unknown.ToProblem();

        var known = await Desks.KnownAsync(session, desk, registration, ct);
        if (!desk.SwitchTo(registration, request.Place, known).Succeeded(out var refusal)) return refusal.ToProblem();

        await Desks.CloseAsync(session, desk, ct);
        await session.SaveChangesAsync(ct);
        return await RegistrationResponse.TaggedAsync(session, registration, ct);
    }
}
