namespace Mila.Membership.Members;

internal static class ChangeMember
{
    /// <summary>Change what is said of a member.</summary>
    internal static async Task<Results<Tagged<MemberResponse>, ProblemHttpResult>> Handle(
        Guid memberId, Patch<MemberRequest> patch, IfMatch ifMatch, IDocumentSession session, TimeProvider clock, CancellationToken ct)
    {
        var member = await session.LoadAsync<Member>(memberId, ct);
        if (member is null) return MemberErrors.Unknown.ToProblem();
        if (!ifMatch.Allows(member, out var stale)) return stale;
        if (!(await patch.ApplyToAsync(MemberRequest.Of(member), ct)).Succeeded(out var request, out var invalid)) return invalid.ToProblem();
        if (request.Siren is { } siren && await session.Query<Member>().AnyAsync(m => m.Profile.Siren == siren && m.Id != memberId, ct)) return MemberErrors.SirenTaken.ToProblem();

        var fields = member.Change(request.ToProfile(), clock.GetUtcNow());
        if (fields.Count == 0) return Etag.Ok(MemberResponse.Of(member), member);

        session.Store(member);
        if (member.IsKnown) session.Publish(member.Changed(fields));
        await session.SaveChangesAsync(ct);
        return Etag.Ok(MemberResponse.Of(member), member);
    }
}
