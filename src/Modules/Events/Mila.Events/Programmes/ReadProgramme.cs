namespace Mila.Events.Programmes;

internal static class ReadProgramme
{
    /// <summary>Read a programme.</summary>
    internal static async Task<Results<Tagged<ProgrammeResponse>, ProblemHttpResult>> Handle(string code, IQuerySession session, CancellationToken ct)
    {
        var programme = await session.Query<Programme>().FirstOrDefaultAsync(p => p.Code == code, ct);
        return programme is null ? ProgrammeErrors.Unknown.ToProblem() : Etag.Ok(ProgrammeResponse.Of(programme), programme);
    }
}
