using Mila.Partners.Partners;

namespace Mila.Partners.Agreements;

internal static class SignAgreement
{
    /// <summary>Keep an agreement that was signed with a partner. One of a kind holds at a time.</summary>
    internal static async Task<Results<TaggedCreated<AgreementResponse>, ProblemHttpResult>> Handle(
        Guid partnerId, AgreementRequest request, Caller caller, IDocumentSession session, TimeProvider clock, CancellationToken ct)
    {
        if (await session.LockPartnerAsync(partnerId, caller, ct) is null) return PartnerErrors.Unknown.ToProblem();
        if (caller.IsPartner) return PartnerErrors.StaffOnly.ToProblem();

        var now = clock.GetUtcNow();
        var others = await session.AgreementsAsync(partnerId, ct);
        if (!Agreement.Sign(Guid.CreateVersion7(now), partnerId, request.Kind, request.ToTerms(), others, now).Succeeded(out var agreement, out var refusal)) return refusal.ToProblem();

        session.Tell(agreement, agreement.Signed(), now);
        await session.SaveChangesAsync(ct);
        return Etag.Created($"/v1/partners/{partnerId}/agreements/{agreement.Id}", AgreementResponse.Of(agreement, now), AgreementResponse.VersionOf(agreement, now));
    }
}
