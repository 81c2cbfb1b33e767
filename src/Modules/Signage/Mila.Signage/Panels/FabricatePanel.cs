namespace Mila.Signage.Panels;

internal static class FabricatePanel
{
    /// <summary>Note that a panel is printed: what it says is fixed in ink from now on.</summary>
    internal static async Task<Results<Tagged<PanelResponse>, ProblemHttpResult>> Handle(Guid panelId, IDocumentSession session, TimeProvider clock, CancellationToken ct)
    {
        var panel = await session.LoadAsync<Panel>(panelId, ct);
        if (panel is null) return PanelErrors.Unknown.ToProblem();

        if (!panel.Fabricate(clock.GetUtcNow()).Succeeded(out var refusal)) return refusal.ToProblem();

        session.Store(panel);
        await session.SaveChangesAsync(ct);
        return Etag.Ok(PanelResponse.Of(panel), panel);
    }
}
