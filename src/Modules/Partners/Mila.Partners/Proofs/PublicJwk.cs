using NSec.Cryptography;

namespace Mila.Partners.Proofs;

/// <summary>A public Ed25519 key as a JWK (RFC 7517, RFC 8037).</summary>
/// <param name="Kid">Its name, 1 to 100 characters.</param>
/// <param name="X">The key itself: 32 bytes in base64url.</param>
/// <param name="Kty"><c>OKP</c>.</param>
/// <param name="Crv"><c>Ed25519</c>.</param>
/// <param name="Use"><c>sig</c>.</param>
/// <param name="Alg"><c>EdDSA</c>, and nothing else ever.</param>
internal sealed record PublicJwk(string Kid, string X, string Kty = "OKP", string Crv = "Ed25519", string Use = "sig", string Alg = PublicJwk.Algorithm)
{
    public const string Algorithm = "EdDSA";

    /// <summary>True when this key has signed these bytes.</summary>
    public bool Verifies(ReadOnlySpan<byte> content, ReadOnlySpan<byte> signature) =>
        Base64Url.Read(X) is { } bytes && PublicKey.TryImport(SignatureAlgorithm.Ed25519, bytes, KeyBlobFormat.RawPublicKey, out var key) && key is not null
        && signature.Length == SignatureAlgorithm.Ed25519.SignatureSize && SignatureAlgorithm.Ed25519.Verify(key, content, signature);

    internal sealed class Validator : AbstractValidator<PublicJwk>
    {
        public Validator()
        {
            RuleFor(k => k.Kid).NotEmpty().MaximumLength(100);
            RuleFor(k => k.X).NotEmpty().Must(x => x is null || Base64Url.Read(x)?.Length == 32).WithErrorCode("wrong-format").WithMessage(_ => Languages.Say("32 bytes in base64url.", "32 octets en base64url."));
            RuleFor(k => k.Kty).Equal("OKP").WithErrorCode("unknown-value");
            RuleFor(k => k.Crv).Equal("Ed25519").WithErrorCode("unknown-value");
            RuleFor(k => k.Use).Equal("sig").WithErrorCode("unknown-value");
            RuleFor(k => k.Alg).Equal(Algorithm).WithErrorCode("unknown-value");
        }
    }
}
