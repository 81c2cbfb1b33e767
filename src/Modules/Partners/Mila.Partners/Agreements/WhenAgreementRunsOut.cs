namespace Mila.Partners.Agreements;

/// <summary>Says that an agreement is over, unless it was prolonged or is known to be.</summary>
internal sealed class WhenAgreementRunsOut(IDocumentSession session, TimeProvider clock) : INotificationHandler<AgreementRunsOut>
{
    public async Task Handle(AgreementRunsOut notification, CancellationToken ct)
    {
        var agreement = await session.LoadAsync<Agreement>(notification.AgreementId, ct);
        if (agreement is { EndedAt: null } && agreement.Terms.EndsOn <= notification.LastDay) session.Settle(agreement, clock.GetUtcNow());
    }
}
