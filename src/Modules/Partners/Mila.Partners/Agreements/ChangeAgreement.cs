using Mila.Partners.Partners;

namespace Mila.Partners.Agreements;

internal static class ChangeAgreement
{
    /// <summary>Change an agreement that is not over: prolong it, grant something else.</summary>
    internal static async Task<Results<Tagged<AgreementResponse>, ProblemHttpResult>> Handle(
        Guid partnerId, Guid agreementId, Patch<AgreementRequest> patch, IfMatch ifMatch, Caller caller, IDocumentSession session, TimeProvider clock, CancellationToken ct)
    {
        if (await session.LockPartnerAsync(partnerId, caller, ct) is null) return PartnerErrors.Unknown.ToProblem();
        if (await session.LoadAgreementAsync(partnerId, agreementId, caller, ct) is not { } agreement) return AgreementErrors.Unknown.ToProblem();
        if (caller.IsPartner) return PartnerErrors.StaffOnly.ToProblem();

        var now = clock.GetUtcNow();
        if (!ifMatch.Allows(AgreementResponse.VersionOf(agreement, now), out var stale)) return stale;
        if (!(await patch.ApplyToAsync(AgreementRequest.Of(agreement), ct)).Succeeded(out var request, out var invalid)) return invalid.ToProblem();
        if (request.Kind != agreement.Kind) return AgreementErrors.KindFixed.At("/kind").ToProblem();

        if (!agreement.Change(request.ToTerms(), await session.AgreementsAsync(partnerId, ct), now).Succeeded(out var changes, out var refusal)) return refusal.ToProblem();
        if (changes.Fields.Count == 0) return AgreementResponse.Tagged(agreement, now);

        session.Tell(agreement, agreement.Changed(changes.Fields), now);
        await session.SaveChangesAsync(ct);
        return AgreementResponse.Tagged(agreement, now);
    }
}
