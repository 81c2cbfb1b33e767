using Mila.BuildingBlocks.Api.Lists;

namespace Mila.Signage.Panels;

internal static class ListPanels
{
    internal static readonly ListOf<Panel> Definition = new ListOf<Panel>()
        .Sort("spaceCode", p => p.SpaceCode)
        .Sort("updatedAt", p => p.UpdatedAt)
        .Filter("stage", p => p.Stage)
        .Filter("spaceCode", p => p.SpaceCode)
        .Filter("memberId", p => p.MemberId)
        .UpdatedSince(p => p.UpdatedAt);

    /// <summary>List the panels, shop by shop.</summary>
    internal static Task<Results<Ok<Page<PanelResponse>>, ProblemHttpResult>> Handle(ListRequest list, IQuerySession session, CancellationToken ct) =>
        Definition.AnswerAsync(list, session, PanelResponse.Of, ct);
}
