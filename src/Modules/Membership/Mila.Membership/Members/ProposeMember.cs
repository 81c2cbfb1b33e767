using Mila.BuildingBlocks.Values;

namespace Mila.Membership.Members;

internal static class ProposeMember
{
    /// <summary>Propose a company as a member; it is a candidate until it is admitted.</summary>
    internal static async Task<Results<TaggedCreated<MemberResponse>, ProblemHttpResult>> Handle(MemberRequest request, IDocumentSession session, TimeProvider clock, CancellationToken ct)
    {
        if (request.Siren is { } siren && await session.Query<Member>().AnyAsync(m => m.Profile.Siren == siren, ct)) return MemberErrors.SirenTaken.ToProblem();

        var now = clock.GetUtcNow();
        var member = Member.Propose(Guid.CreateVersion7(now), await FreeSlugAsync(session, request.Name, ct), request.ToProfile(), now);
        session.Store(member);
        await session.SaveChangesAsync(ct);
        return Etag.Created($"/v1/members/{member.Id}", MemberResponse.Of(member), member);
    }

    private static async Task<string> FreeSlugAsync(IDocumentSession session, string name, CancellationToken ct)
    {
        var slug = Slugs.Of(name, "membre");
        await session.LockNameAsync("member", slug, ct);
        return Slugs.Free(slug, (await session.Query<Member>().Where(m => m.Slug.StartsWith(slug)).Select(m => m.Slug).ToListAsync(ct)).ToHashSet(StringComparer.Ordinal));
    }
}
