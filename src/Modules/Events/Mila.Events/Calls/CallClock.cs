using Mila.BuildingBlocks.Mail;
using Mila.Events.Contracts;

namespace Mila.Events.Calls;

/// <summary>Calls open and close at their instants: a notification waits in the outbox for each, and whoever changes a call before it was delivered does what is due.</summary>
internal static class CallClock
{
    /// <summary>What is due at the instants of this plan will be done then.</summary>
    public static void Set(IDocumentSession session, Call call, CallSettings settings)
    {
        session.PublishAt(new CallIsDue(call.Id), call.Plan.OpensAt);
        session.PublishAt(new CallIsDue(call.Id), call.Plan.ClosesAt);
        session.PublishAt(new SubmissionsAreOld(call.Id), call.KeptUntil(settings));
    }

    /// <summary>Do what is due, and tell. The caller stores the call.</summary>
    /// <returns>True when something was.</returns>
    public static bool Follow(IDocumentSession session, Call call, CallLetters letters, TimeProvider clock)
    {
        var before = call.Status;
        if (!call.FollowTheClock(clock.GetUtcNow())) return false;

        var plan = call.Plan;
        if (before is CallStatus.Scheduled) session.Publish(new CallOpened(call.Id, call.Slug, plan.Programme, plan.EventId, plan.Title.Fr, plan.Title.En, plan.ClosesAt, call.Revision, call.UpdatedAt));
        if (call.Status is CallStatus.Closed)
        {
            session.Publish(new CallClosed(call.Id, call.Slug, plan.Programme, plan.EventId, call.Revision, call.UpdatedAt));
            foreach (var reviewer in call.Reviewers.Where(r => r.Email is not null)) session.Send(letters.PleaseScore(call, reviewer), clock);
        }

        return true;
    }
}

/// <summary>A call opens or closes about now, unless its plan has changed.</summary>
internal sealed record CallIsDue(Guid CallId) : INotification;

/// <summary>What was sent to a call that has ended, and who scored it, may have been kept long enough.</summary>
internal sealed record SubmissionsAreOld(Guid CallId) : INotification;
