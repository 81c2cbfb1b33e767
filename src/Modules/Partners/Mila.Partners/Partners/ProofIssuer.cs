using Mila.Partners.Proofs;

namespace Mila.Partners.Partners;

/// <summary>How a partner signs its proofs of membership: staff keep this, nothing is fetched.</summary>
/// <param name="Issuer">What it writes as <c>iss</c>, at most 500 characters; no two partners share one.</param>
/// <param name="Keys">Its public keys, 1 to 10.</param>
internal sealed record ProofIssuer(string Issuer, IReadOnlyList<PublicJwk> Keys)
{
    public static bool Same(ProofIssuer? one, ProofIssuer? other) =>
        one is null || other is null ? one is null && other is null : one.Issuer == other.Issuer && one.Keys.SequenceEqual(other.Keys);

    internal sealed class Validator : AbstractValidator<ProofIssuer>
    {
        private const int MostKeys = 10;

        public Validator()
        {
            RuleFor(i => i.Issuer).NotEmpty().MaximumLength(500);
            RuleFor(i => i.Keys).NotEmpty().AtMost(MostKeys);
            RuleForEach(i => i.Keys).NotNull().SetValidator(new PublicJwk.Validator());
            RuleFor(i => i.Keys).Must(k => k is null || k.Where(j => j is not null).Select(j => j.Kid).Distinct(StringComparer.Ordinal).Count() == k.Count(j => j is not null))
                .WithErrorCode("repeated").WithMessage(_ => Languages.Say("Each key has a kid of its own.", "Chaque clé a son propre kid."));
        }
    }
}
