using Mila.Hosting.Rooms;

namespace Mila.Hosting.Spaces;

internal static class OpenSpace
{
    /// <summary>Open a space.</summary>
    internal static async Task<Results<TaggedCreated<SpaceResponse>, ProblemHttpResult>> Handle(SpaceRequest request, IDocumentSession session, TimeProvider clock, CancellationToken ct)
    {
        if (await session.Query<Space>().AnyAsync(s => s.Code == request.Code, ct)) return SpaceErrors.CodeTaken.ToProblem();

        var now = clock.GetUtcNow();
        var space = Space.Open(Guid.CreateVersion7(now), request.Code, request.Kind, request.ToPlan(), now);
        session.Store(space);
        session.Publish(space.Opened());
        if (space.Plan.Bookable) session.Publish(new RoomMayBeFree(space.Id, space.Code));
        await session.SaveChangesAsync(ct);
        return Etag.Created($"/v1/spaces/{space.Code}", SpaceResponse.Of(space), space);
    }
}
