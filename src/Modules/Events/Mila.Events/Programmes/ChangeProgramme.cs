namespace Mila.Events.Programmes;

internal static class ChangeProgramme
{
    /// <summary>Change a programme.</summary>
    internal static async Task<Results<Tagged<ProgrammeResponse>, ProblemHttpResult>> Handle(
        string code, Patch<ProgrammeRequest> patch, IfMatch ifMatch, IDocumentSession session, TimeProvider clock, CancellationToken ct)
    {
        var programme = await session.Query<Programme>().FirstOrDefaultAsync(p => p.Code == code, ct);
        if (programme is null) return ProgrammeErrors.Unknown.ToProblem();
        if (!ifMatch.Allows(programme, out var stale)) return stale;
        if (!(await patch.ApplyToAsync(ProgrammeRequest.Of(programme), ct)).Succeeded(out var request, out var invalid)) return invalid.ToProblem();
        if (request.Code != code) return ProgrammeErrors.CodeFixed.At("/code").ToProblem();

        programme.Replan(request.ToPlan(), clock.GetUtcNow());
        session.Store(programme);
        await session.SaveChangesAsync(ct);
        return Etag.Ok(ProgrammeResponse.Of(programme), programme);
    }
}
