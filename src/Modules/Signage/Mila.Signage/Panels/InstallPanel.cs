using Mila.Signage.Contracts;

namespace Mila.Signage.Panels;

internal static class InstallPanel
{
    /// <summary>Note that a panel hangs at its shop. The one before it has to be retired first.</summary>
    internal static async Task<Results<Tagged<PanelResponse>, ProblemHttpResult>> Handle(Guid panelId, IDocumentSession session, TimeProvider clock, CancellationToken ct)
    {
        var panel = await session.LoadAsync<Panel>(panelId, ct);
        if (panel is null) return PanelErrors.Unknown.ToProblem();

        if (!panel.Install(clock.GetUtcNow()).Succeeded(out var refusal)) return refusal.ToProblem();
        if (await session.Query<Panel>().AnyAsync(p => p.Place == panel.Place, ct)) return PanelErrors.PlaceTaken.ToProblem();

        session.Store(panel);
        session.Publish(new PanelInstalled(panel.Id, panel.SpaceCode, panel.MemberId, panel.Code, panel.UpdatedAt));
        await session.SaveChangesAsync(ct);
        return Etag.Ok(PanelResponse.Of(panel), panel);
    }
}
