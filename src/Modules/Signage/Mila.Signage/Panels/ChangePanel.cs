namespace Mila.Signage.Panels;

internal static class ChangePanel
{
    /// <summary>Change what a panel says. One that is agreed on has to be agreed on anew; one that is printed becomes stale.</summary>
    internal static async Task<Results<Tagged<PanelResponse>, ProblemHttpResult>> Handle(
        Guid panelId, Patch<PanelRequest> patch, IfMatch ifMatch, IDocumentSession session, TimeProvider clock, CancellationToken ct)
    {
        var panel = await session.LoadAsync<Panel>(panelId, ct);
        if (panel is null) return PanelErrors.Unknown.ToProblem();
        if (!ifMatch.Allows(panel, out var stale)) return stale;
        if (!(await patch.ApplyToAsync(PanelRequest.Of(panel), ct)).Succeeded(out var request, out var invalid)) return invalid.ToProblem();

        if (!panel.Redesign(request.ToPlan(), clock.GetUtcNow()).Succeeded(out var changed, out var refusal)) return refusal.ToProblem();
        if (!changed) return Etag.Ok(PanelResponse.Of(panel), panel);

        session.Store(panel);
        await session.SaveChangesAsync(ct);
        return Etag.Ok(PanelResponse.Of(panel), panel);
    }
}
