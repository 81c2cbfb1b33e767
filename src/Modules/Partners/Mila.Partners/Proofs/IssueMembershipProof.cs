using System.Security.Cryptography;
using System.Text;
using Mila.Partners.Agreements;
using Mila.Partners.Partners;
using Mila.Partners.Webhooks.Secrets;

namespace Mila.Partners.Proofs;

internal static class IssueMembershipProof
{
    /// <param name="Audience">Code of the partner that may believe it.</param>
    /// <param name="MemberId">The member to which the person belongs.</param>
    /// <param name="ContactId">The person: a contact of that member. Whoever asks has made sure that it is this person.</param>
    /// <param name="LifetimeSeconds">How long it is good, 30 to 300 seconds.</param>
    internal sealed record Request(string Audience, Guid MemberId, Guid ContactId, int LifetimeSeconds = ProofRules.LongestSeconds);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Audience).Code();
            RuleFor(r => r.MemberId).NotEmpty();
            RuleFor(r => r.ContactId).NotEmpty();
            RuleFor(r => r.LifetimeSeconds).InclusiveBetween(ProofRules.ShortestSeconds, ProofRules.LongestSeconds);
        }
    }

    /// <summary>A proof, shown this once.</summary>
    /// <param name="Id">Of the record that it was issued.</param>
    /// <param name="Token">The JWT for the person to hand to the partner; good for one use.</param>
    /// <param name="Audience">Code of the partner that may believe it.</param>
    /// <param name="ExpiresAt">Until when.</param>
    internal sealed record Response(Guid Id, string Token, string Audience, DateTimeOffset ExpiresAt);

    /// <summary>Issue a proof that a person belongs to MILA today. It says nothing else of them, and is good for one use within minutes.</summary>
    /// <remarks>
    /// The token is a JWT signed with Ed25519 (RFC 8037). Its header is <c>{"alg":"EdDSA","typ":"membership-proof+jwt","kid":"…"}</c>, its claims are <c>iss</c> (the public address of this server),
    /// <c>aud</c> (the code of the partner, one string), <c>sub</c> (the person: the same to this partner each time, another to each other partner), <c>jti</c>, <c>iat</c> and <c>exp</c> (whole seconds,
    /// at most 300 apart), and nothing else. The partner checks <c>typ</c>, <c>iss</c>, <c>aud</c>, the times, and the signature by the keys at <c>/.well-known/jwks.json</c>, and keeps each <c>jti</c> until <c>exp</c>
    /// so that it is used once; or it asks <c>POST /v1/membership-proofs/verification</c>, which uses the proof up.
    /// </remarks>
    internal static async Task<Results<Created<Response>, ProblemHttpResult>> Handle(
        Request request, Caller caller, ProofKeys keys, ProofNames names, SecretVault vault, IDocumentSession session, TimeProvider clock, CancellationToken ct)
    {
        if (caller.IsPartner) return PartnerErrors.StaffOnly.ToProblem();
        if (await session.PartnerOfCodeAsync(request.Audience, ct) is not { } partner) return ProofErrors.UnknownAudience.At("/audience").ToProblem();
        if (await session.StandingAsync(request.MemberId, request.ContactId, ct) is { } refusal) return refusal.ToProblem();
        var now = clock.GetUtcNow();
        if (!await session.AgreesAsync(partner.Id, (a, today) => a.OpensToOurs(today), now, ct)) return AgreementErrors.Needed.ToProblem();

        var issuedAt = now.ToUnixTimeSeconds();
        var claims = new ProofClaims(
            names.Issuer, partner.Code, SubjectOf(vault, partner.Id, request.ContactId), Base64Url.Write(RandomNumberGenerator.GetBytes(16)), issuedAt, issuedAt + request.LifetimeSeconds);
        var (token, kid) = await keys.SignAsync(session, claims, ct);
        var key = ProofRules.KeyOf(claims.Issuer, claims.Id);
        session.Store(IssuedProof.Of(key, request.MemberId, request.ContactId));
        session.PublishAt(new ProofTraceRunsOut(key), ProofRules.ForgottenAt(claims.ExpiresAt));
        var record = session.Keep(ProofRecord.Of(ProofAct.Issued, partner.Id, kid, caller.Id, now));
        await session.SaveChangesAsync(ct);
        return TypedResults.Created($"/v1/membership-proofs/{record.Id}", new Response(record.Id, token, partner.Code, DateTimeOffset.FromUnixTimeSeconds(claims.ExpiresAt)));
    }

    /// <summary>The same person is the same to one partner each time, and another to each other partner.</summary>
    internal static string SubjectOf(SecretVault vault, Guid partnerId, Guid contactId) => Base64Url.Write(vault.NameFor(Encoding.ASCII.GetBytes($"membership proof {partnerId:N} {contactId:N}")));
}
