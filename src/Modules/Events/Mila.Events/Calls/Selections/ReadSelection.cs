using Mila.Events.Calls.Submissions;

namespace Mila.Events.Calls.Selections;

internal static class ReadSelection
{
    /// <summary>Read who is selected, who stands in reserve, and every decision that made it so.</summary>
    internal static async Task<Results<Tagged<SelectionResponse>, ProblemHttpResult>> Handle(Guid callId, IQuerySession session, CancellationToken ct)
    {
        if (await session.LoadAsync<Call>(callId, ct) is not { } call) return CallErrors.Unknown.ToProblem();
        if (await session.LoadAsync<Selection>(callId, ct) is not { } selection) return SelectionErrors.None.ToProblem();

        var submissions = (await session.OfCallAsync(callId, ct)).ToDictionary(s => s.Id);
        return Etag.Ok(SelectionResponse.Of(selection, call, submissions), SelectionResponse.VersionOf(selection, call));
    }
}
