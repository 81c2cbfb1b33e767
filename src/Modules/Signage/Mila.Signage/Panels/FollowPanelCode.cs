namespace Mila.Signage.Panels;

internal static class FollowPanelCode
{
    // A code that leads to no company leads to what MILA does: nobody stands before a dead end.
    private const string Elsewhere = "/agenda";

    /// <summary>Where the code on a panel leads: to the company's own site. Nothing is kept of who scanned it.</summary>
    internal static async Task<RedirectHttpResult> Handle(string code, HttpContext context, IQuerySession session, CancellationToken ct)
    {
        context.Response.Headers.CacheControl = "no-store";
        var known = PanelCode.Read(code);
        var panel = known is null ? null : await session.Query<Panel>().FirstOrDefaultAsync(p => p.Code == known, ct);
        return TypedResults.Redirect(panel is null or { Stage: PanelStage.Retired } ? Elsewhere : PublicWebsite.Of(panel.Content.Website)?.AbsoluteUri ?? Elsewhere);
    }
}
