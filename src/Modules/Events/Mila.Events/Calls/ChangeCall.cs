namespace Mila.Events.Calls;

internal static class ChangeCall
{
    /// <summary>Change a call: say it better, close it later. From its opening on it keeps the terms that artists were told.</summary>
    internal static async Task<Results<Tagged<CallResponse>, ProblemHttpResult>> Handle(
        Guid callId, Patch<CallRequest> patch, IfMatch ifMatch, IDocumentSession session, CallLetters letters, CallSettings settings, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var call = await session.LoadLockedAsync<Call>(callId, ct);
        if (call is null) return CallErrors.Unknown.ToProblem();
        if (!ifMatch.Allows(CallResponse.VersionAt(call, now), out var stale)) return stale;
        if (!(await patch.ApplyToAsync(CallRequest.Of(call), ct)).Succeeded(out var request, out var invalid)) return invalid.ToProblem();
        if (!(await request.ToPlanAsync(session, ct)).Succeeded(out var plan, out var refusal)) return refusal.ToProblem();

        CallClock.Follow(session, call, letters, clock);
        if (!call.Replan(plan, now).Succeeded(out var changed, out refusal)) return refusal.ToProblem();
        if (!changed) return CallResponse.Tagged(call, now);

        CallClock.Follow(session, call, letters, clock);
        if (call.Status is not CallStatus.Draft) CallClock.Set(session, call, settings);
        else if (call.Reviewers.Count > 0) session.PublishAt(new SubmissionsAreOld(call.Id), call.KeptUntil(settings));
        session.Store(call);
        await session.SaveChangesAsync(ct);
        return CallResponse.Tagged(call, now);
    }
}
