namespace Mila.Events.Programmes;

internal static class FoundProgramme
{
    /// <summary>Found a programme.</summary>
    internal static async Task<Results<TaggedCreated<ProgrammeResponse>, ProblemHttpResult>> Handle(ProgrammeRequest request, IDocumentSession session, TimeProvider clock, CancellationToken ct)
    {
        if (await session.Query<Programme>().AnyAsync(p => p.Code == request.Code, ct)) return ProgrammeErrors.CodeTaken.ToProblem();

        var now = clock.GetUtcNow();
        var programme = Programme.Found(Guid.CreateVersion7(now), request.Code, request.ToPlan(), now);
        session.Store(programme);
        await session.SaveChangesAsync(ct);
        return Etag.Created($"/v1/programmes/{programme.Code}", ProgrammeResponse.Of(programme), programme);
    }
}
