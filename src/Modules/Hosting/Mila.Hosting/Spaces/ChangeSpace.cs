using Mila.Hosting.Rooms;

namespace Mila.Hosting.Spaces;

internal static class ChangeSpace
{
    /// <summary>Change what is said of a space.</summary>
    internal static async Task<Results<Tagged<SpaceResponse>, ProblemHttpResult>> Handle(
        string code, Patch<SpaceRequest> patch, IfMatch ifMatch, IDocumentSession session, TimeProvider clock, CancellationToken ct)
    {
        var space = await session.Query<Space>().FirstOrDefaultAsync(s => s.Code == code, ct);
        if (space is null) return SpaceErrors.Unknown.ToProblem();
        if (!ifMatch.Allows(space, out var stale)) return stale;
        if (!(await patch.ApplyToAsync(SpaceRequest.Of(space), ct)).Succeeded(out var request, out var invalid)) return invalid.ToProblem();
        if (request.Code != code) return SpaceErrors.CodeFixed.At("/code").ToProblem();
        if (request.Kind != space.Kind) return SpaceErrors.KindFixed.At("/kind").ToProblem();
        if (request.ToPlan() == space.Plan) return Etag.Ok(SpaceResponse.Of(space), space);

        space.Replan(request.ToPlan(), clock.GetUtcNow());
        session.Store(space);
        if (space.Plan.Bookable) session.Publish(new RoomMayBeFree(space.Id, space.Code));
        await session.SaveChangesAsync(ct);
        return Etag.Ok(SpaceResponse.Of(space), space);
    }
}
