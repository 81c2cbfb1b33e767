using Mila.BuildingBlocks.Values;

namespace Mila.Events.Calls;

internal static class DrawUpCall
{
    /// <summary>Draw up a call for artists; nobody outside sees it before it is published.</summary>
    internal static async Task<Results<TaggedCreated<CallResponse>, ProblemHttpResult>> Handle(CallRequest request, IDocumentSession session, TimeProvider clock, CancellationToken ct)
    {
        if (!(await request.ToPlanAsync(session, ct)).Succeeded(out var plan, out var refusal)) return refusal.ToProblem();

        var now = clock.GetUtcNow();
        if (!Call.Draw(Guid.CreateVersion7(now), await FreeSlugAsync(session, plan.Title.Fr, ct), plan, now).Succeeded(out var call, out refusal)) return refusal.ToProblem();

        session.Store(call);
        await session.SaveChangesAsync(ct);
        return Etag.Created($"/v1/calls/{call.Id}", CallResponse.Of(call, now), CallResponse.VersionAt(call, now));
    }

    private static async Task<string> FreeSlugAsync(IDocumentSession session, string title, CancellationToken ct)
    {
        var slug = Slugs.Of(title, "appel");
        await session.LockNameAsync("call", slug, ct);
        return Slugs.Free(slug, (await session.Query<Call>().Where(c => c.Slug.StartsWith(slug)).Select(c => c.Slug).ToListAsync(ct)).ToHashSet(StringComparer.Ordinal));
    }
}
