using Mila.BuildingBlocks.Api.Lists;

namespace Mila.Hosting.Spaces;

internal static class ListSpaces
{
    internal static readonly ListOf<Space> Definition = new ListOf<Space>()
        .Sort("code", s => s.Code)
        .Sort("updatedAt", s => s.UpdatedAt)
        .Filter("kind", s => s.Kind)
        .Filter("site", s => s.Plan.Site)
        .Filter("bookable", s => s.Plan.Bookable)
        .UpdatedSince(s => s.UpdatedAt);

    /// <summary>List the spaces.</summary>
    internal static Task<Results<Ok<Page<SpaceResponse>>, ProblemHttpResult>> Handle(ListRequest list, IQuerySession session, CancellationToken ct) =>
        Definition.AnswerAsync(list, session, SpaceResponse.Of, ct);
}
