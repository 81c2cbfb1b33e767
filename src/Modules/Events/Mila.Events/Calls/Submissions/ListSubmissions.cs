using Mila.BuildingBlocks.Api.Lists;

namespace Mila.Events.Calls.Submissions;

internal static class ListSubmissions
{
    internal static readonly ListOf<Submission> Definition = new ListOf<Submission>()
        .Sort("sentAt", s => s.SentAt)
        .Sort("updatedAt", s => s.UpdatedAt)
        .Filter("status", s => s.Status)
        .UpdatedSince(s => s.UpdatedAt);

    /// <summary>List the submissions to a call in the order of arrival.</summary>
    internal static async Task<Results<Ok<Page<SubmissionResponse>>, ProblemHttpResult>> Handle(Guid callId, ListRequest list, IQuerySession session, CancellationToken ct) =>
        await session.LoadAsync<Call>(callId, ct) is null
            ? CallErrors.Unknown.ToProblem()
            : await Definition.AnswerAsync(list, session, SubmissionResponse.Of, ct, (s => s.CallId, callId.ToString()));
}
