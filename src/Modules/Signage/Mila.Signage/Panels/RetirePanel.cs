using Mila.Signage.Contracts;

namespace Mila.Signage.Panels;

internal static class RetirePanel
{
    /// <summary>Note that a panel was taken down, or will not be made. Its code is never given again.</summary>
    internal static async Task<Results<Tagged<PanelResponse>, ProblemHttpResult>> Handle(Guid panelId, IDocumentSession session, TimeProvider clock, CancellationToken ct)
    {
        var panel = await session.LoadAsync<Panel>(panelId, ct);
        if (panel is null) return PanelErrors.Unknown.ToProblem();

        if (!panel.Retire(clock.GetUtcNow()).Succeeded(out var refusal)) return refusal.ToProblem();

        session.Store(panel);
        session.Publish(new PanelRetired(panel.Id, panel.SpaceCode, panel.MemberId, panel.Code, panel.UpdatedAt));
        await session.SaveChangesAsync(ct);
        return Etag.Ok(PanelResponse.Of(panel), panel);
    }
}
