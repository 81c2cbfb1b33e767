using Mila.BuildingBlocks.Api.Lists;
using Mila.BuildingBlocks.Values;
using Mila.Events.Registrations;

namespace Mila.Events.Waiting;

internal static class ListDecisions
{
    internal static readonly ListOf<Decision> Definition = new ListOf<Decision>().Sort("at", d => d.At).Filter("kind", d => d.Kind);

    /// <param name="Id">The decision.</param>
    /// <param name="Kind">What was decided.</param>
    /// <param name="Rule">By which rule: <c>next-in-line</c>, <c>group-needs-more-seats</c>, <c>no-seat-on-site</c>, <c>organisation-seats-taken</c>, <c>kept-for-networks</c>, <c>not-in-audience</c>, <c>offer-expired</c>, <c>event-began</c>, <c>moved-by-staff</c>.</param>
    /// <param name="Rank">Its place in line then, from 1; 0 when it stood in none.</param>
    /// <param name="Of">How many stood in line.</param>
    /// <param name="Reason">Why, as the person reads it.</param>
    /// <param name="At">When.</param>
    internal sealed record Response(Guid Id, DecisionKind Kind, string Rule, int Rank, int Of, LocalizedText Reason, DateTimeOffset At);

    /// <summary>List what was decided of a registration in the waiting line, the oldest first.</summary>
    internal static async Task<Results<Ok<Page<Response>>, ProblemHttpResult>> Handle(Guid registrationId, ListRequest list, Caller caller, IQuerySession session, CancellationToken ct) =>
        await session.LoadAsync<Registration>(registrationId, ct) is { } registration && caller.Sees(registration)
            ? await Definition.AnswerAsync(list, session, d => new Response(d.Id, d.Kind, d.Rule, d.Rank, d.Of, d.Reason, d.At), ct, (d => d.RegistrationId, registrationId.ToString()))
            : RegistrationErrors.Unknown.ToProblem();
}
