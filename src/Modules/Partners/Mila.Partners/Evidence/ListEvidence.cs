using Mila.BuildingBlocks.Api.Lists;
using Mila.Partners.Partners;

namespace Mila.Partners.Evidence;

internal static class ListEvidence
{
    internal static readonly ListOf<EvidenceEntry> Definition = new ListOf<EvidenceEntry>()
        .Sort("startsOn", e => e.StartsOn)
        .Sort("updatedAt", e => e.UpdatedAt)
        .Filter("kind", e => e.Kind)
        .Filter("programme", e => e.Programme)
        .Filter("service", e => e.Service)
        .Filter("spaceKind", e => e.SpaceKind)
        .FilterAny("memberId", e => e.MemberIds)
        .Filter("withdrawn", e => e.Withdrawn)
        .From("from", e => e.EndsOn)
        .Until("to", e => e.StartsOn)
        .UpdatedSince(e => e.UpdatedAt);

    /// <param name="Id">Of the event, lease, appointment or works.</param>
    /// <param name="Kind">What it was.</param>
    /// <param name="Programme">Of an event.</param>
    /// <param name="Service">Of an appointment.</param>
    /// <param name="SpaceKind">Of a lease or of works.</param>
    /// <param name="StartsOn">First day.</param>
    /// <param name="EndsOn">Last day, included.</param>
    /// <param name="Minutes">How long it took; 0 where hours do not count.</param>
    /// <param name="Attended">Places of those who came; null while nobody has counted.</param>
    /// <param name="NoShow">Places kept for people who did not come.</param>
    /// <param name="Organisations">Companies that came, members and others.</param>
    /// <param name="MemberIds">The members that it was for.</param>
    /// <param name="Withdrawn">It did not take place after all, and counts nowhere.</param>
    /// <param name="UpdatedAt">When it was told last.</param>
    internal sealed record Response(
        Guid Id, EvidenceKind Kind, string? Programme, string? Service, string? SpaceKind, DateOnly StartsOn, DateOnly EndsOn, int Minutes, int? Attended, int? NoShow, int? Organisations,
        IReadOnlyList<Guid> MemberIds, bool Withdrawn, DateTimeOffset UpdatedAt)
    {
        public static Response Of(EvidenceEntry e) =>
            new(e.Id, e.Kind, e.Programme, e.Service, e.SpaceKind, e.StartsOn, e.EndsOn, e.Minutes, e.Attended, e.NoShow, e.Organisations, e.MemberIds, e.Withdrawn, e.UpdatedAt);
    }

    /// <summary>List what was done, as the modules told of it: what reports to funders are made from. For staff; a funder reads its report.</summary>
    internal static async Task<Results<Ok<Page<Response>>, ProblemHttpResult>> Handle(ListRequest list, Caller caller, IQuerySession session, CancellationToken ct) =>
        caller.IsPartner ? PartnerErrors.StaffOnly.ToProblem() : await Definition.AnswerAsync(list, session, Response.Of, ct);
}
