using Mila.BuildingBlocks.Api.Lists;
using Mila.Events.Agenda;
using Mila.Events.Waiting;

namespace Mila.Events.Registrations;

internal static class ListRegistrations
{
    internal static readonly ListOf<Registration> Definition = new ListOf<Registration>()
        .Sort("askedAt", r => r.AskedAt)
        .Sort("updatedAt", r => r.UpdatedAt)
        .Filter("status", r => r.Status)
        .Filter("memberId", r => r.MemberId)
        .Filter("partnerId", r => r.PartnerId)
        .UpdatedSince(r => r.UpdatedAt);

    /// <summary>List the registrations of an event.</summary>
    internal static async Task<Results<Ok<Page<RegistrationResponse>>, ProblemHttpResult>> Handle(Guid eventId, ListRequest list, Caller caller, IQuerySession session, CancellationToken ct)
    {
        if (await session.LoadSeenAsync(eventId, caller, ct) is null) return EventErrors.Unknown.ToProblem();

        (System.Linq.Expressions.Expression<Func<Registration, object?>>, string?)[] only = caller.PartnerId is { } partner
            ? [(r => r.EventId, eventId.ToString()), (r => r.PartnerId, partner.ToString())]
            : [(r => r.EventId, eventId.ToString())];
        var found = new Dictionary<Guid, Registration>();
        var answer = await Definition.AnswerAsync(list, session, r => RegistrationResponse.Of(found[r.Id] = r, standing: null), ct, only);
        if (answer.Result is not Ok<Page<RegistrationResponse>> { Value: { } page }) return answer;

        var waiting = page.Items.Where(r => r.Status is RegistrationStatus.Waitlisted).Select(r => r.Id).ToList();
        var ranks = await Lines.RanksAsync(session, waiting, ct);
        return TypedResults.Ok(page with { Items = [.. page.Items.Select(r => ranks.TryGetValue(r.Id, out var standing) ? RegistrationResponse.Of(found[r.Id], standing) : r)] });
    }
}
