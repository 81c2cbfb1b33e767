namespace Mila.Membership.Members;

internal static class ReadMember
{
    /// <summary>Read a member.</summary>
    internal static async Task<Results<Tagged<MemberResponse>, ProblemHttpResult>> Handle(Guid memberId, IQuerySession session, CancellationToken ct)
    {
        var member = await session.LoadAsync<Member>(memberId, ct);
        return member is null ? MemberErrors.Unknown.ToProblem() : Etag.Ok(MemberResponse.Of(member), member);
    }
}
