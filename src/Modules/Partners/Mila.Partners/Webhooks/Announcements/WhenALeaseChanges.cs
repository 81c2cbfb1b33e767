using Mila.Hosting.Contracts;
using Mila.Partners.Webhooks.Messages;
using Mila.Partners.Webhooks.Types;

namespace Mila.Partners.Webhooks.Announcements;

/// <summary>Tells of leases, in the order in which it happened, to partners that staff say may know, such as the landlord.</summary>
internal sealed class WhenALeaseChanges(Announcer announcer) : INotificationHandler<LeaseStarted>, INotificationHandler<LeaseRenewed>, INotificationHandler<LeaseEnded>
{
    public Task Handle(LeaseStarted l, CancellationToken ct) => TellAsync(EventTypes.LeaseStarted, l.LeaseId, l.MemberId, l.SpaceCode, ["status"], l.At, ct);

    public Task Handle(LeaseRenewed l, CancellationToken ct) => TellAsync(EventTypes.LeaseRenewed, l.LeaseId, l.MemberId, l.SpaceCode, ["endsOn"], l.At, ct);

    public Task Handle(LeaseEnded l, CancellationToken ct) => TellAsync(EventTypes.LeaseEnded, l.LeaseId, l.MemberId, l.SpaceCode, ["status"], l.At, ct);

    private Task TellAsync(string type, Guid id, Guid memberId, string spaceCode, IReadOnlyList<string> changed, DateTimeOffset at, CancellationToken ct) =>
        announcer.AnnounceAsync(new Announcement(type, id, at, new ThinLease(id, memberId, spaceCode, announcer.UrlOf($"/v1/leases/{id}"), at.ToUnixTimeMilliseconds(), changed)), ct);
}
