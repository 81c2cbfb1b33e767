using Mila.BuildingBlocks.Mail;
using Mila.BuildingBlocks.Values;
using Mila.Events.Feeds;

namespace Mila.Events.Calls;

internal static class InviteReviewer
{
    /// <param name="Name">Who, 1 to 200 characters.</param>
    /// <param name="Email">Where the personal link goes; one reviewer an address and call.</param>
    /// <param name="Language"><c>fr</c> or <c>en</c>, of the mails and the page.</param>
    internal sealed record Request(string Name, string Email, string Language = "fr");

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Name).NotEmpty().MaximumLength(200);
            RuleFor(r => r.Email).Mailbox();
            RuleFor(r => r.Language).Must(l => l is "fr" or "en").WithErrorCode("unknown-value").WithMessage(_ => Languages.Say("fr or en.", "fr ou en."));
        }
    }

    /// <summary>Ask somebody to review a call: a mail brings the personal link by which they score.</summary>
    internal static async Task<Results<Tagged<CallResponse>, ProblemHttpResult>> Handle(Guid callId, Request request, IDocumentSession session, CallLetters letters, CallSettings settings, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var call = await session.LoadLockedAsync<Call>(callId, ct);
        if (call is null) return CallErrors.Unknown.ToProblem();

        CallClock.Follow(session, call, letters, clock);
        var reviewer = new Reviewer(Guid.CreateVersion7(now), Plain.Line(request.Name), request.Email.Trim(), request.Language);
        if (!call.Invite(reviewer, now).Succeeded(out var refusal)) return refusal.ToProblem();

        session.Store(call);
        session.Send(letters.Invite(call, reviewer), clock);
        // A draft may be left alone: from now on there is somebody to forget.
        session.PublishAt(new SubmissionsAreOld(call.Id), call.KeptUntil(settings));
        await session.SaveChangesAsync(ct);
        return CallResponse.Tagged(call, now);
    }
}
