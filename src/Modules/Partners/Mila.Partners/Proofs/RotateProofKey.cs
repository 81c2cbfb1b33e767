using Mila.Partners.Partners;

namespace Mila.Partners.Proofs;

internal static class RotateProofKey
{
    /// <summary>Sign proofs with a new key from now on. The one before stays at <c>/.well-known/jwks.json</c> until no proof by it is good any more.</summary>
    internal static async Task<Results<Ok<PublicJwk>, ProblemHttpResult>> Handle(Caller caller, ProofKeys keys, IDocumentSession session, CancellationToken ct)
    {
        if (caller.IsPartner) return PartnerErrors.StaffOnly.ToProblem();

        var (key, _) = await keys.RotateAsync(session, ct);
        await session.SaveChangesAsync(ct);
        return TypedResults.Ok(key.Public);
    }
}
