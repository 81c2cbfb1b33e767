namespace Mila.Partners.Agreements;

internal static class ReadAgreement
{
    /// <summary>Read an agreement.</summary>
    internal static async Task<Results<Tagged<AgreementResponse>, ProblemHttpResult>> Handle(
        Guid partnerId, Guid agreementId, Caller caller, IQuerySession session, TimeProvider clock, CancellationToken ct) =>
        await session.LoadAgreementAsync(partnerId, agreementId, caller, ct) is { } agreement ? AgreementResponse.Tagged(agreement, clock.GetUtcNow()) : AgreementErrors.Unknown.ToProblem();
}
