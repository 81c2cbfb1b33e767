using Mila.BuildingBlocks.Api.Lists;

namespace Mila.Events.Programmes;

internal static class ListProgrammes
{
    internal static readonly ListOf<Programme> Definition = new ListOf<Programme>()
        .Sort("code", p => p.Code)
        .Sort("updatedAt", p => p.UpdatedAt)
        .UpdatedSince(p => p.UpdatedAt);

    /// <summary>List the programmes. A partner's key reads what they are called and how long they last, not what is planned.</summary>
    internal static Task<Results<Ok<Page<ProgrammeResponse>>, ProblemHttpResult>> Handle(ListRequest list, Caller caller, IQuerySession session, CancellationToken ct) =>
        Definition.AnswerAsync(list, session, ProgrammeResponse.For(caller), ct);
}
