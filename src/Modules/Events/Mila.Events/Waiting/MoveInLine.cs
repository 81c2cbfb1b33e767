using Mila.Events.Agenda;
using Mila.Events.Registrations;

namespace Mila.Events.Waiting;

internal static class MoveInLine
{
    /// <param name="Position">The place that it shall have, from 1; beyond the end it is the last.</param>
    /// <param name="Reason">Why, 3 to 300 characters; the person reads it.</param>
    internal sealed record Request(int Position, string Reason);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Position).InclusiveBetween(1, 1_000_000);
            RuleFor(r => r.Reason).NotEmpty().Length(3, 300);
        }
    }

    /// <summary>Put a registration elsewhere in the waiting line, and say why.</summary>
    internal static async Task<Results<Tagged<RegistrationResponse>, ProblemHttpResult>> Handle(
        Guid registrationId, Request request, Caller caller, Desks desks, IDocumentSession session, CancellationToken ct)
    {
        if (caller.IsPartner) return EventErrors.StaffOnly.ToProblem();

        var (desk, registration) = await desks.FindAsync(session, registrationId, ct);
        if (desk is null || registration is null) return RegistrationErrors.Unknown.ToProblem();
        if (registration.Line is null) return RegistrationErrors.NotWaiting.ToProblem();

        var (low, high, rank) = await Lines.GapAsync(session, registration, request.Position, ct);
        desk.Move(registration, LineKey.Behind(low, high), rank, request.Reason.Trim());

        await Desks.CloseAsync(session, desk, ct);
        await session.SaveChangesAsync(ct);
        return await RegistrationResponse.TaggedAsync(session, registration, ct);
    }
}
