using Mila.Partners.Partners;

namespace Mila.Partners.Proofs;

internal static class RotateProofKey
{
    /// <summary>Draw a new key for proofs: it is shown at once and signs in two minutes, when whoever keeps the keys for a minute knows it. The one before stays at <c>/.well-known/jwks.json</c> until no proof by it is good any more.</summary>
    internal static async Task<Results<Ok<PublicJwk>, ProblemHttpResult>> Handle(Caller caller, ProofKeys keys, IDocumentSession session, CancellationToken ct)
    {
        if (caller.IsPartner) return PartnerErrors.StaffOnly.ToProblem();

        var key = await keys.RotateAsync(session, ct);
        await session.SaveChangesAsync(ct);
        return TypedResults.Ok(key.Public);
    }
}
