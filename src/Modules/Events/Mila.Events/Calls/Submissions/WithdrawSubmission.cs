using Mila.BuildingBlocks.Mail;
using Mila.Events.Agenda;
using Mila.Events.Calls.Selections;
using Mila.Events.Contracts;
using Mila.Events.Registrations;

namespace Mila.Events.Calls.Submissions;

internal static class WithdrawSubmission
{
    /// <summary>Withdraw a submission. The place of one that was selected goes to the first reserve, until the event is over.</summary>
    internal static async Task<Results<Tagged<SubmissionResponse>, ProblemHttpResult>> Handle(
        Guid submissionId, Caller caller, IDocumentSession session, CallLetters letters, TimeProvider clock, CancellationToken ct)
    {
        if (!(await ApplyAsync(session, submissionId, caller.Id, letters, clock, ct)).Succeeded(out var submission, out var refusal)) return refusal.ToProblem();

        await session.SaveChangesAsync(ct);
        return Etag.Ok(SubmissionResponse.Of(submission), submission);
    }

    /// <summary>The same for staff and for the artist's own link.</summary>
    public static async Task<Result<Submission>> ApplyAsync(IDocumentSession session, Guid submissionId, string by, CallLetters letters, TimeProvider clock, CancellationToken ct)
    {
        var (call, submission) = await session.LockedAsync(submissionId, ct);
        if (call is null || submission is null) return SubmissionErrors.Unknown;
        if (!submission.Withdraw(clock.GetUtcNow()).Succeeded(out var refusal)) return refusal;

        session.Store(submission);
        session.Send(CallLetters.Withdrawn(call, submission), clock);
        await LeaveSelectionAsync(session, call, await session.LoadAsync<Selection>(call.Id, ct), submissionId, by, await SuccessionAsync(session, call, clock.GetUtcNow(), ct), letters, clock, ct);
        return submission;
    }

    /// <summary>Its place in the selection, where there is one, goes to who may have it. Before the announcement nobody is told.</summary>
    public static async Task LeaveSelectionAsync(
        IDocumentSession session, Call call, Selection? selection, Guid submissionId, string by, Succession succession, CallLetters letters, TimeProvider clock, CancellationToken ct)
    {
        if (selection is null) return;

        var now = clock.GetUtcNow();
        var (stood, promoted) = selection.Withdraw(submissionId, by, now, succession);
        if (stood is null) return;

        session.WriteLocked([selection], s => s.Id, now);
        if (stood is not Standing.Selected || call.Status is not CallStatus.Announced) return;

        call.Renew(now);
        session.Store(call);
        session.Publish(new SelectionChanged(call.Id, call.Slug, call.Plan.Programme, call.Plan.EventId, call.Revision, now));
        if (promoted is not null && await session.LoadAsync<Submission>(promoted.Ranked.SubmissionId, ct) is { Applicant: not null } next) session.Send(letters.Promoted(call, next), clock);
    }

    // Nobody is called onto a stage that is empty again, or will be.
    private static async Task<Succession> SuccessionAsync(IDocumentSession session, Call call, DateTimeOffset now, CancellationToken ct)
    {
        if (call.Status is not (CallStatus.Selected or CallStatus.Announced)) return Succession.Nobody;
        if (call.Plan.EventId is { } eventId && await session.LoadAsync<Event>(eventId, ct) is { } e && (e.Status is EventStatus.Cancelled || e.IsOver(now))) return Succession.Nobody;

        return call.Status is CallStatus.Announced ? Succession.Reserves : Succession.AnybodyRanked;
    }
}
