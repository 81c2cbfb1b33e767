using Mila.BuildingBlocks.Time;
using Mila.Membership.Members;

namespace Mila.Membership.Affiliations;

internal static class SetAffiliation
{
    /// <param name="Affiliation">How the member belongs from then on.</param>
    /// <param name="From">First day, not before the admission; null is today. A later day takes effect at 00:00 in Paris.</param>
    internal sealed record Request(Affiliation Affiliation, DateOnly? From = null);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator() => RuleFor(r => r.From).WithinReason();
    }

    /// <summary>Set the affiliation of a member from a date on.</summary>
    internal static async Task<Results<TaggedCreated<AffiliationsResponse>, ProblemHttpResult>> Handle(
        Guid memberId, Request request, IDocumentSession session, TimeProvider clock, CancellationToken ct)
    {
        var member = await session.LoadAsync<Member>(memberId, ct);
        if (member is null) return MemberErrors.Unknown.ToProblem();

        var today = ParisTime.Today(clock);
        var from = request.From ?? today;
        if (member.Status is MemberStatus.Left) return MemberErrors.Left.ToProblem();
        if (from < member.History.Since) return AffiliationErrors.BeforeAdmission.At("/from").ToProblem();

        var changed = member.Belongs(member.History.Decided(request.Affiliation, from), today, clock.GetUtcNow());
        session.Store(member);
        if (changed && member.IsKnown) session.Publish(member.Changed("affiliation"));
        if (from > today) session.PublishAt(new AffiliationDue(member.Id, from), ParisTime.StartOf(from));
        await session.SaveChangesAsync(ct);
        return Etag.Created($"/v1/members/{member.Id}/affiliations", AffiliationsResponse.Of(member, from), member);
    }
}
