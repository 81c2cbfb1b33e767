using Mila.Partners.Agreements;
using Mila.Partners.Partners;

namespace Mila.Partners.Proofs;

internal static class VerifyMembershipProof
{
    /// <param name="Token">The JWT that the person handed over, at most 4 096 characters.</param>
    internal sealed record Request(string Token);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator() => RuleFor(r => r.Token).NotEmpty().MaximumLength(ProofToken.Longest);
    }

    /// <summary>A good proof, which is used now.</summary>
    /// <param name="Issuer">To whose network the person belongs.</param>
    /// <param name="Audience">Whom it was meant for.</param>
    /// <param name="PartnerId">The partner that issued it, or for which MILA did.</param>
    /// <param name="Subject">A name of the person for this audience alone; the same person has the same each time.</param>
    /// <param name="ExpiresAt">Until when it would have been good.</param>
    internal sealed record Response(string Issuer, string Audience, Guid PartnerId, string Subject, DateTimeOffset ExpiresAt);

    /// <summary>Verify, and use up, a proof of membership: MILA's own for the partner that was handed it, or a partner's for MILA. A key may ask this a fifth as often a minute as other things.</summary>
    /// <remarks>
    /// A partner's own proof has the same form as MILA's: an Ed25519 JWT whose <c>typ</c> is <c>membership-proof+jwt</c>, with a <c>kid</c> of a key in the partner's record, <c>iss</c> as that record says, <c>aud</c> the public address of this server
    /// as one string, <c>sub</c> whoever it is to that partner, a <c>jti</c> of 8 to 200 characters, and <c>iat</c> and <c>exp</c> in whole seconds, at most 300 apart. An answer that is repeated under an Idempotency-Key is no second acceptance: draw a new key for each visitor.
    /// </remarks>
    internal static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        Request request, Caller caller, ProofKeys keys, ProofNames names, IDocumentSession session, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (ProofToken.Read(request.Token) is not { } token) return await RefuseAsync(session, ProofErrors.Malformed.At("/token"), caller, now, ct);

        var ours = token.Claims.Issuer == names.Issuer;
        // A partner's key has no business with what other partners issue.
        var partner = ours ? await session.PartnerOfCodeAsync(token.Claims.Audience, ct) : caller.IsPartner ? null : await session.PartnerOfIssuerAsync(token.Claims.Issuer, ct);
        if (partner is null && !ours) return await RefuseAsync(session, ProofErrors.IssuerUnknown.At("/token"), caller, now, ct);
        if (partner is not null && caller.IsPartner && caller.PartnerId != partner.Id) partner = null;

        var known = ours ? await keys.ShownAsync(session, ct) : partner!.Terms.Proofs!.Keys;
        var refusal = Unsound(token, known) ?? (partner is null || (!ours && token.Claims.Audience != names.Issuer) ? ProofErrors.AudienceWrong.At("/token") : ProofRules.Fault(token.Claims, now))
            ?? await UnwelcomeAsync(session, token, partner!, ours, now, ct);
        if (refusal is not null) return await RefuseAsync(session, refusal, caller, now, ct, partner?.Id, Shown(token.Kid, known));

        session.Keep(ProofRecord.Of(ProofAct.Accepted, partner!.Id, token.Kid, caller.Id, now));
        session.WriteLocked([UsedProof.Of(ProofRules.KeyOf(token.Claims.Issuer, token.Claims.Id))], u => u.Id, now);
        session.PublishAt(new ProofTraceRunsOut(ProofRules.KeyOf(token.Claims.Issuer, token.Claims.Id)), ProofRules.ForgottenAt(token.Claims.ExpiresAt));
        await session.SaveChangesAsync(ct);
        return TypedResults.Ok(new Response(token.Claims.Issuer, token.Claims.Audience, partner.Id, token.Claims.Subject, DateTimeOffset.FromUnixTimeSeconds(token.Claims.ExpiresAt)));
    }

    /// <summary>Keeps that it was refused and says so.</summary>
    private static async Task<ProblemHttpResult> RefuseAsync(IDocumentSession session, Error refusal, Caller caller, DateTimeOffset now, CancellationToken ct, Guid? partnerId = null, string kid = "")
    {
        session.Keep(await ProofRecord.RefusedAsync(session, refusal.Code, partnerId ?? caller.PartnerId, kid, caller.Id, now, ct));
        await session.SaveChangesAsync(ct);
        return refusal.ToProblem();
    }

    /// <summary>Whether its issuer wrote it: nothing else of it is looked at before.</summary>
    private static Error? Unsound(ProofToken token, IReadOnlyList<PublicJwk> keys)
    {
        if (token.Algorithm != PublicJwk.Algorithm) return ProofErrors.AlgorithmRefused.At("/token");
        if (keys.FirstOrDefault(k => k.Kid == token.Kid) is not { } key) return ProofErrors.KeyUnknown.At("/token");
        return key.Verifies(token.Signed, token.Signature) ? null : ProofErrors.SignatureWrong.At("/token");
    }

    /// <summary>Whether it is worth something today, to somebody who has not used it. Who uses the same token at the same time waits here.</summary>
    private static async Task<Error?> UnwelcomeAsync(IDocumentSession session, ProofToken token, Partner partner, bool ours, DateTimeOffset now, CancellationToken ct)
    {
        if (!await session.AgreesAsync(partner.Id, (a, today) => ours ? a.OpensToOurs(today) : a.OpensToTheirs(today), now, ct)) return AgreementErrors.Needed;

        var key = ProofRules.KeyOf(token.Claims.Issuer, token.Claims.Id);
        await session.LockNameAsync("membership proof", key.ToString(), ct);
        if (await session.LoadAsync<UsedProof>(key, ct) is not null) return ProofErrors.Replayed;
        if (!ours) return null;

        return await session.LoadAsync<IssuedProof>(key, ct) is { } issued && await session.StandingAsync(issued.MemberId, issued.ContactId, ct) is null ? null : ProofErrors.Withdrawn;
    }

    /// <summary>What a stranger wrote is not kept: the name of a key is, when there is such a key.</summary>
    private static string Shown(string kid, IReadOnlyList<PublicJwk> keys) => keys.Any(k => k.Kid == kid) ? kid : "";
}
