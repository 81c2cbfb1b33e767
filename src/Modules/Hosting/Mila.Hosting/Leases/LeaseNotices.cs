using Mila.BuildingBlocks.Time;
using Mila.Hosting.Contracts;

namespace Mila.Hosting.Leases;

/// <summary>What is told of a lease, and when it next changes by itself.</summary>
internal static class LeaseNotices
{
    public static LeaseStarted Started(this Lease l) => new LeaseStarted(l.MemberId, l.Id, l.SpaceCode, l.SpaceKind.Word(), l.StartsOn, l.EndsOn, l.UpdatedAt);

    public static LeaseRenewed Renewed(this Lease l) => new LeaseRenewed(l.MemberId, l.Id, l.SpaceCode, l.SpaceKind.Word(), l.StartsOn, l.EndsOn, l.UpdatedAt);

    public static LeaseEnded Ended(this Lease l) => new LeaseEnded(l.MemberId, l.Id, l.SpaceCode, l.SpaceKind.Word(), l.EndsOn, l.UpdatedAt);

    public static LeaseTermAgreed TermAgreed(this Lease l) => new LeaseTermAgreed(l.MemberId, l.Id, l.SpaceCode, l.SpaceKind.Word(), l.StartsOn, l.EndsOn, l.UpdatedAt);

    public static LeaseCalledOff CalledOff(this Lease l) => new LeaseCalledOff(l.MemberId, l.Id, l.SpaceCode, l.SpaceKind.Word(), l.UpdatedAt);

    /// <summary>A lease was signed: tell what of it has happened already, or that it will, and set the timer of what comes next.</summary>
    public static void PublishSigned(this IDocumentSession session, Lease lease)
    {
        if (lease.Status is LeaseStatus.Planned) session.Publish(lease.TermAgreed());
        if (lease.Status is LeaseStatus.Planned) session.PublishAt(new LeaseDue(lease.Id, lease.TermRevision), ParisTime.StartOf(lease.StartsOn));
        if (lease.HasRun) session.Publish(lease.Started());
        if (lease.Status is LeaseStatus.Running) session.ScheduleEnd(lease);
        if (lease.Status is LeaseStatus.Ended) session.Publish(lease.Ended());
    }

    /// <summary>Set the timer of the end; earlier ones find another term and do nothing.</summary>
    public static void ScheduleEnd(this IDocumentSession session, Lease lease) =>
        session.PublishAt(new LeaseExpired(lease.Id, lease.TermRevision), ParisTime.StartOf(lease.EndsOn.AddDays(1)));
}
