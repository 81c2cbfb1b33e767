using Mila.BuildingBlocks.Mail;
using Mila.BuildingBlocks.Results;

namespace Mila.Events.Calls.Submissions;

internal static class SubmitToCall
{
    /// <summary>
    /// Send a submission to an open call. With a key that writes events it takes part at once; without one the artist confirms by a link in a mail first. The answer never tells whether the address has sent one.
    /// </summary>
    internal static async Task<Results<TaggedCreated<SubmissionResponse>, ProblemHttpResult>> Handle(
        Guid callId, SubmissionRequest request, HttpContext context, Caller caller, IDocumentSession session, CallLetters letters, CallSettings settings, TimeProvider clock, CancellationToken ct)
    {
        var byStaff = caller.Has(Scopes.EventsWrite) && !caller.IsPartner;
        var call = byStaff ? await session.LoadLockedAsync<Call>(callId, ct) : await session.LoadAsync<Call>(callId, ct);
        if (call is null || (call.PublishedAt is null && !byStaff)) return CallErrors.Unknown.ToProblem();

        var applicant = request.ToApplicant(Languages.Preferred(context.Request, otherwise: "fr"));
        var sent = byStaff
            ? await EnterAsync(session, call, applicant, request.ToWork(), letters, clock, ct)
            : await AskAsync(session, call, applicant, request.ToWork(), letters, settings, clock, ct);
        if (!sent.Succeeded(out var submission, out var refusal)) return refusal.ToProblem();

        await session.SaveChangesAsync(ct);
        // A stranger reads it nowhere: one tag of one kind, whether something was kept or not.
        return Etag.Created($"/v1/submissions/{submission.Id}", SubmissionResponse.Of(submission), byStaff ? submission.Version : Guid.CreateVersion7(clock.GetUtcNow()));
    }

    /// <summary>A stranger sends it: the mail asks the address, or says that it takes part already. Whoever sent it cannot tell which.</summary>
    internal static async Task<Result<Submission>> AskAsync(
        IDocumentSession session, Call call, Applicant applicant, Work work, CallLetters letters, CallSettings settings, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (call.RefusesSubmissions(now) is { } refusal) return refusal;

        var submission = Submission.Send(Guid.CreateVersion7(now), call.Id, applicant, work, now);
        if (await session.OfAddressAsync(call.Id, applicant.Email, ct) is { } earlier)
        {
            session.Send(letters.AlreadySent(call, earlier), clock);
            return submission;
        }

        session.Store(submission);
        session.Send(letters.Confirm(call, submission), clock);
        session.PublishAt(new ConfirmationIsOverdue(call.Id, submission.Id), now + settings.ConfirmWithin);
        return submission;
    }

    private static async Task<Result<Submission>> EnterAsync(IDocumentSession session, Call call, Applicant applicant, Work work, CallLetters letters, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (call.RefusesSubmissions(now) is { } refusal) return refusal;

        var submission = Submission.Send(Guid.CreateVersion7(now), call.Id, applicant, work, now);
        if (await session.RefusesAsync(submission, work, ct) is { } taken) return taken;

        submission.Confirm(await session.NextNumberAsync(call.Id, ct), now);
        session.Store(submission);
        session.Send(letters.Received(call, submission), clock);
        return submission;
    }
}

/// <summary>Nobody has confirmed the address of this submission.</summary>
/// <param name="CallId">First, so that one call is served in one lane.</param>
/// <param name="SubmissionId">The submission.</param>
internal sealed record ConfirmationIsOverdue(Guid CallId, Guid SubmissionId) : INotification;
