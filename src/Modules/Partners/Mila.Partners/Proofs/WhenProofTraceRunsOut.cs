namespace Mila.Partners.Proofs;

/// <summary>Forgets it.</summary>
internal sealed class WhenProofTraceRunsOut(IDocumentSession session) : INotificationHandler<ProofTraceRunsOut>
{
    public Task Handle(ProofTraceRunsOut notification, CancellationToken ct)
    {
        session.Delete<IssuedProof>(notification.TraceId);
        session.Delete<UsedProof>(notification.TraceId);
        session.Delete<ProofRecord>(notification.TraceId);
        session.Delete<ProofKey>(notification.TraceId);
        return Task.CompletedTask;
    }
}
