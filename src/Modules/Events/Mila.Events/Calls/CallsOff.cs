using Mila.BuildingBlocks.Mail;
using Mila.BuildingBlocks.Values;
using Mila.Events.Calls.Submissions;

namespace Mila.Events.Calls;

/// <summary>Calls calls off: everybody who takes part or reviews is written to.</summary>
internal sealed class CallsOff(CallLetters letters, CallSettings settings, TimeProvider clock)
{
    /// <summary>One, whose row is locked.</summary>
    public async Task<Result> OneAsync(IDocumentSession session, Call call, LocalizedText reason, CancellationToken ct)
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

    /// <summary>Nobody is called onto a stage that will not be there: those of an event that is off. One that was announced stands.</summary>
    public async Task OfEventAsync(IDocumentSession session, Guid eventId, LocalizedText reason, CancellationToken ct)
    {
        foreach (var id in await session.Query<Call>().Where(c => c.Plan.EventId == eventId).OrderBy(c => c.Id).Select(c => c.Id).ToListAsync(ct))
        {
            if (await session.LoadLockedAsync<Call>(id, ct) is { } call) await OneAsync(session, call, reason, ct);
        }
    }
}
