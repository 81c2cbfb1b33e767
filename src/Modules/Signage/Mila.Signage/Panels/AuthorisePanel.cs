namespace Mila.Signage.Panels;

internal static class AuthorisePanel
{
    /// <summary>Note that the landlord has authorised an outdoor mounting.</summary>
    internal static async Task<Results<Tagged<PanelResponse>, ProblemHttpResult>> Handle(Guid panelId, IDocumentSession session, TimeProvider clock, CancellationToken ct)
    {
        var panel = await session.LoadAsync<Panel>(panelId, ct);
        if (panel is null) return PanelErrors.Unknown.ToProblem();

        if (!panel.Authorise(clock.GetUtcNow()).Succeeded(out var refusal)) return refusal.ToProblem();

        session.Store(panel);
        await session.SaveChangesAsync(ct);
        return Etag.Ok(PanelResponse.Of(panel), panel);
    }
}
