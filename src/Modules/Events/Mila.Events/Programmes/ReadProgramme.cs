namespace Mila.Events.Programmes;

internal static class ReadProgramme
{
    /// <summary>Read a programme. A partner's key reads what it is called and how long it lasts, not what is planned.</summary>
    internal static async Task<Results<Tagged<ProgrammeResponse>, ProblemHttpResult>> Handle(string code, Caller caller, IQuerySession session, CancellationToken ct)
    {
        var programme = await session.Query<Programme>().FirstOrDefaultAsync(p => p.Code == code, ct);
        return programme is null ? ProgrammeErrors.Unknown.ToProblem() : Etag.Ok(ProgrammeResponse.For(caller)(programme), programme);
    }
}
