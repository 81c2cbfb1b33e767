namespace Mila.Events.Members;

internal static class ReadEventsMember
{
    /// <param name="MemberId">The member.</param>
    /// <param name="Name">Its name.</param>
    /// <param name="Affiliation"><c>shop</c>, <c>pole</c> or <c>beneficiary</c>.</param>
    /// <param name="Status"><c>candidate</c>, <c>active</c>, <c>suspended</c> or <c>left</c>.</param>
    /// <param name="GoodStanding">Whether it owes nothing that is due.</param>
    internal sealed record Response(Guid MemberId, string Name, string Affiliation, string Status, bool GoodStanding);

    /// <summary>Read what Events knows of a member.</summary>
    internal static async Task<Results<Tagged<Response>, ProblemHttpResult>> Handle(Guid memberId, IQuerySession session, CancellationToken ct)
    {
        var member = await session.LoadAsync<KnownMember>(memberId, ct);
        return member is { Name: { } name, Affiliation: { } affiliation }
            ? Etag.Ok(new Response(member.Id, name, affiliation, member.Status, member.GoodStanding), member)
            : MemberErrors.Unknown.ToProblem();
    }
}
