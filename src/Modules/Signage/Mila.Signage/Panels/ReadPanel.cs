namespace Mila.Signage.Panels;

internal static class ReadPanel
{
    /// <summary>Read a panel.</summary>
    internal static async Task<Results<Tagged<PanelResponse>, ProblemHttpResult>> Handle(Guid panelId, IQuerySession session, CancellationToken ct)
    {
        var panel = await session.LoadAsync<Panel>(panelId, ct);
        return panel is null ? PanelErrors.Unknown.ToProblem() : Etag.Ok(PanelResponse.Of(panel), panel);
    }
}
