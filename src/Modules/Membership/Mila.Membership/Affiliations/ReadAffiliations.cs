using Mila.BuildingBlocks.Time;
using Mila.Membership.Members;

namespace Mila.Membership.Affiliations;

internal static class ReadAffiliations
{
    /// <summary>Read how a member belongs on a date (<c>?on=yyyy-MM-dd</c>, else today), and the history of that.</summary>
    internal static async Task<Results<Ok<AffiliationsResponse>, ProblemHttpResult>> Handle(Guid memberId, DateOnly? on, IQuerySession session, TimeProvider clock, CancellationToken ct)
    {
        var member = await session.LoadAsync<Member>(memberId, ct);
        return member is null ? MemberErrors.Unknown.ToProblem() : TypedResults.Ok(AffiliationsResponse.Of(member, on ?? ParisTime.Today(clock)));
    }
}
