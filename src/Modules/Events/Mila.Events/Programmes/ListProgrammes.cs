using Mila.BuildingBlocks.Api.Lists;

namespace Mila.Events.Programmes;

internal static class ListProgrammes
{
    internal static readonly ListOf<Programme> Definition = new ListOf<Programme>()
        .Sort("code", p => p.Code)
        .Sort("updatedAt", p => p.UpdatedAt)
        .UpdatedSince(p => p.UpdatedAt);

    /// <summary>List the programmes.</summary>
    internal static Task<Results<Ok<Page<ProgrammeResponse>>, ProblemHttpResult>> Handle(ListRequest list, IQuerySession session, CancellationToken ct) =>
        Definition.AnswerAsync(list, session, ProgrammeResponse.Of, ct);
}
