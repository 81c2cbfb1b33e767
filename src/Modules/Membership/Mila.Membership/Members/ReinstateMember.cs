using Mila.Membership.Contracts;

namespace Mila.Membership.Members;

internal static class ReinstateMember
{
    /// <summary>End the suspension of a member.</summary>
    internal static async Task<Results<Tagged<MemberResponse>, ProblemHttpResult>> Handle(Guid memberId, IDocumentSession session, TimeProvider clock, CancellationToken ct)
    {
        var member = await session.LoadAsync<Member>(memberId, ct);
        if (member is null) return MemberErrors.Unknown.ToProblem();

        if (!member.Reinstate(clock.GetUtcNow()).Succeeded(out var refusal)) return refusal.ToProblem();

        session.Store(member);
        session.Publish(new MemberReinstated(member.Id, member.GoodStanding, member.Revision, member.UpdatedAt));
        await session.SaveChangesAsync(ct);
        return Etag.Ok(MemberResponse.Of(member), member);
    }
}
