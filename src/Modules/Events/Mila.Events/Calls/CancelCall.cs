using Mila.BuildingBlocks.Mail;
using Mila.BuildingBlocks.Values;
using Mila.Events.Calls.Submissions;

namespace Mila.Events.Calls;

internal static class CancelCall
{
    /// <param name="Reason">Why, for the public and for those who sent something: 1 to 500 characters a language.</param>
    internal sealed record Request(LocalizedText Reason);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator() => RuleFor(r => r.Reason).Text(1, 500);
    }

    /// <summary>Call a call off, at the latest before its announcement. Everybody who takes part or reviews is written to.</summary>
    internal static async Task<Results<Tagged<CallResponse>, ProblemHttpResult>> Handle(
        Guid callId, Request request, IDocumentSession session, CallLetters letters, CallSettings settings, TimeProvider clock, CancellationToken ct)
    {
        var call = await session.LoadLockedAsync<Call>(callId, ct);
        if (call is null) return CallErrors.Unknown.ToProblem();

        if (!(await CallOffAsync(session, call, request.Reason, letters, settings, clock, ct)).Succeeded(out var refusal)) return refusal.ToProblem();

        await session.SaveChangesAsync(ct);
        return CallResponse.Tagged(call, clock.GetUtcNow());
    }

    /// <summary>The same for a call in hand.</summary>
    public static async Task<Result> CallOffAsync(IDocumentSession session, Call call, LocalizedText reason, CallLetters letters, CallSettings settings, TimeProvider clock, CancellationToken ct)
    {
        CallClock.Follow(session, call, letters, clock);
        if (!call.Cancel(reason, clock.GetUtcNow()).Succeeded(out var wasPublic, out var refusal)) return refusal;

        session.Store(call);
        if (wasPublic) foreach (var submission in await session.OfCallAsync(call.Id, SubmissionStatus.Submitted, ct)) session.Send(CallLetters.CalledOff(call, submission), clock);
        // Reviewers are invited to drafts too.
        foreach (var reviewer in call.Reviewers.Where(r => r.Email is not null)) session.Send(CallLetters.CalledOff(call, reviewer), clock);
        session.PublishAt(new SubmissionsAreOld(call.Id), call.KeptUntil(settings));
        return Result.Done;
    }
}
