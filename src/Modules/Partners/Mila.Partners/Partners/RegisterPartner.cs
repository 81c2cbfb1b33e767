using Mila.Partners.Contracts;
using Mila.Partners.Proofs;

namespace Mila.Partners.Partners;

internal static class RegisterPartner
{
    /// <summary>Register a partner.</summary>
    internal static async Task<Results<TaggedCreated<PartnerResponse>, ProblemHttpResult>> Handle(
        PartnerRequest request, Caller caller, IDocumentSession session, ProofNames names, TimeProvider clock, CancellationToken ct)
    {
        if (caller.IsPartner) return PartnerErrors.StaffOnly.ToProblem();
        if (await session.Query<Partner>().AnyAsync(p => p.Code == request.Code, ct)) return PartnerErrors.CodeTaken.ToProblem();

        if (request.Proofs is { } proofs) await session.LockNameAsync("proof issuer", proofs.Issuer, ct);
        if (await session.IssuerTakenAsync(request.Proofs, null, names, ct)) return PartnerErrors.IssuerTaken.ToProblem();

        var now = clock.GetUtcNow();
        var partner = Partner.Register(Guid.CreateVersion7(now), request.Code, request.ToTerms(), now);
        session.Store(partner);
        session.Publish(new PartnerRegistered(partner.Id, partner.Code, partner.Terms.Name, partner.Terms.Kind.Word(), partner.Terms.Reciprocity, partner.Revision, now));
        await session.SaveChangesAsync(ct);
        return Etag.Created($"/v1/partners/{partner.Id}", PartnerResponse.Of(partner), partner);
    }
}
