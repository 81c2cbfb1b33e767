using Mila.Partners.Contracts;
using Mila.Partners.Proofs;

namespace Mila.Partners.Partners;

internal static class ChangePartner
{
    /// <summary>Change what is said of a partner.</summary>
    internal static async Task<Results<Tagged<PartnerResponse>, ProblemHttpResult>> Handle(
        Guid partnerId, Patch<PartnerRequest> patch, IfMatch ifMatch, Caller caller, IDocumentSession session, ProofNames names, TimeProvider clock, CancellationToken ct)
    {
        var partner = caller.IsPartner && caller.PartnerId != partnerId ? null : await session.LoadAsync<Partner>(partnerId, ct);
        if (partner is null) return PartnerErrors.Unknown.ToProblem();
        if (caller.IsPartner) return PartnerErrors.StaffOnly.ToProblem();
        if (!ifMatch.Allows(partner, out var stale)) return stale;
        if (!(await patch.ApplyToAsync(PartnerRequest.Of(partner), ct)).Succeeded(out var request, out var invalid)) return invalid.ToProblem();
        if (request.Code != partner.Code) return PartnerErrors.CodeFixed.At("/code").ToProblem();
        if (request.Proofs is { } proofs) await session.LockNameAsync("proof issuer", proofs.Issuer, ct);
        if (await session.IssuerTakenAsync(request.Proofs, partner.Id, names, ct)) return PartnerErrors.IssuerTaken.ToProblem();

        var fields = partner.Change(request.ToTerms(), clock.GetUtcNow());
        if (fields.Count == 0) return Etag.Ok(PartnerResponse.Of(partner), partner);

        session.Store(partner);
        session.Publish(new PartnerChanged(partner.Id, partner.Code, partner.Terms.Name, partner.Terms.Kind.Word(), partner.Terms.Reciprocity, fields, partner.Revision, partner.UpdatedAt));
        await session.SaveChangesAsync(ct);
        return Etag.Ok(PartnerResponse.Of(partner), partner);
    }
}
