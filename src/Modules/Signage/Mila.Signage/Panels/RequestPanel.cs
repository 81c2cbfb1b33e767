using Mila.Signage.Contracts;
using Mila.Signage.Members;
using Mila.Signage.Spaces;

namespace Mila.Signage.Panels;

internal static class RequestPanel
{
    /// <summary>Request a panel for a shop.</summary>
    internal static async Task<Results<TaggedCreated<PanelResponse>, ProblemHttpResult>> Handle(PanelRequest request, IDocumentSession session, TimeProvider clock, CancellationToken ct)
    {
        var plan = request.ToPlan();
        if (await KnownSpace.FaultOfAsync(session, plan.SpaceCode, ct) is { } noShop) return noShop.At("/spaceCode").ToProblem();
        var member = plan.MemberId is { } memberId ? await KnownMember.FindLockedAsync(session, memberId, ct) : null;
        if (member is { Shows: null }) return PanelErrors.UnknownMember.At("/memberId").ToProblem();
        var place = Panel.PreparationAt(plan.SpaceCode);
        if (await session.Query<Panel>().AnyAsync(p => p.Place == place, ct)) return PanelErrors.InPreparation.ToProblem();

        var now = clock.GetUtcNow();
        var code = await PanelCode.FreeAsync(session, ct);
        var panel = Panel.Request(Guid.CreateVersion7(now), code, plan with { Content = plan.Content.Following(before: null, member?.Shows ?? PanelContent.Blank) }, now);
        if (member is not null) panel.Stands(member.Status, now);

        session.Store(panel);
        session.Publish(new PanelRequested(panel.Id, panel.SpaceCode, panel.MemberId, now));
        await session.SaveChangesAsync(ct);
        return Etag.Created($"/v1/panels/{panel.Id}", PanelResponse.Of(panel), panel);
    }
}
