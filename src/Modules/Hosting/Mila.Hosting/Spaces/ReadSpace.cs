namespace Mila.Hosting.Spaces;

internal static class ReadSpace
{
    /// <summary>Read a space.</summary>
    internal static async Task<Results<Tagged<SpaceResponse>, ProblemHttpResult>> Handle(string code, IQuerySession session, CancellationToken ct)
    {
        var space = await session.Query<Space>().FirstOrDefaultAsync(s => s.Code == code, ct);
        return space is null ? SpaceErrors.Unknown.ToProblem() : Etag.Ok(SpaceResponse.Of(space), space);
    }
}
