using Mila.BuildingBlocks.Time;
using Mila.Membership.Members;

namespace Mila.Membership.Affiliations;

/// <summary>Takes over what the history says of today; a decision that was replaced meanwhile is not in it any more.</summary>
internal sealed class WhenAffiliationDue(IDocumentSession session, TimeProvider clock) : INotificationHandler<AffiliationDue>
{
    public async Task Handle(AffiliationDue notification, CancellationToken ct)
    {
        var member = await session.LoadAsync<Member>(notification.MemberId, ct);
        if (member is null || !member.Belongs(member.History, ParisTime.Today(clock), clock.GetUtcNow())) return;

        session.Store(member);
        if (member.IsKnown) session.Publish(member.Changed("affiliation"));
    }
}
