using Mila.BuildingBlocks.Time;
using Mila.Hosting.Contracts;
using Mila.Membership.Members;

namespace Mila.Membership.Affiliations;

/// <summary>
/// A lease makes its member a shop or of the pole, and its end a beneficiary again; what is agreed says the same of days to come. One handler for all, so that what happens to the leases
/// of a member is taken over in the order in which it happened.
/// </summary>
internal sealed class WhenALeaseChanges(IDocumentSession session, TimeProvider clock)
    : INotificationHandler<LeaseTermAgreed>, INotificationHandler<LeaseCalledOff>, INotificationHandler<LeaseStarted>, INotificationHandler<LeaseRenewed>, INotificationHandler<LeaseEnded>
{
    public Task Handle(LeaseTermAgreed notification, CancellationToken ct) =>
        FollowAsync(notification.MemberId, h => h.Running(notification.LeaseId, AffiliationOf(notification.SpaceKind), notification.StartsOn, notification.EndsOn), ct);

    public Task Handle(LeaseCalledOff notification, CancellationToken ct) => FollowAsync(notification.MemberId, h => h.CalledOff(notification.LeaseId), ct);

    public Task Handle(LeaseStarted notification, CancellationToken ct) =>
        FollowAsync(notification.MemberId, h => h.Running(notification.LeaseId, AffiliationOf(notification.SpaceKind), notification.StartsOn, notification.EndsOn), ct);

    public Task Handle(LeaseRenewed notification, CancellationToken ct) =>
        FollowAsync(notification.MemberId, h => h.Running(notification.LeaseId, AffiliationOf(notification.SpaceKind), notification.StartsOn, notification.EndsOn), ct);

    public Task Handle(LeaseEnded notification, CancellationToken ct) =>
        FollowAsync(notification.MemberId, h => h.Over(notification.LeaseId, notification.EndedOn, ParisTime.Today(clock)), ct);

    private async Task FollowAsync(Guid memberId, Func<AffiliationHistory, AffiliationHistory> follow, CancellationToken ct)
    {
        var member = await session.LoadAsync<Member>(memberId, ct);
        if (member is null) return;

        // What was agreed may be known already: its first day still has to be taken over.
        var (history, today) = (follow(member.History), ParisTime.Today(clock));
        if (history == member.History && history.On(today) == member.Affiliation) return;

        var changed = member.Belongs(history, today, clock.GetUtcNow());
        session.Store(member);
        if (changed && member.IsKnown) session.Publish(member.Changed("affiliation"));
    }

    private static Affiliation AffiliationOf(string spaceKind) => spaceKind == "shop" ? Affiliation.Shop : Affiliation.Pole;
}
