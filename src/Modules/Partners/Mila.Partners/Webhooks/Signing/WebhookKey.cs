using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NSec.Cryptography;

namespace Mila.Partners.Webhooks.Signing;

/// <summary>
/// A key of Standard Webhooks 1.0.0: symmetric (<c>v1</c>, HMAC-SHA256, <c>whsec_</c>) or asymmetric (<c>v1a</c>, Ed25519, <c>whsk_</c> to sign,
/// <c>whpk_</c> to verify). What is signed is <c>id.timestamp.body</c>, the body as the exact bytes that are sent.
/// </summary>
internal abstract class WebhookKey
{
    internal const string V1 = "v1";
    internal const string V1a = "v1a";

    private WebhookKey() { }

    /// <summary><c>v1</c> or <c>v1a</c>: what a signature of this key begins with.</summary>
    internal abstract string Algorithm { get; }

    /// <summary>The whole key, to be kept: <c>whsec_…</c> or <c>whsk_…</c>. Never shown for <c>v1a</c>, never logged.</summary>
    internal abstract string Secret { get; }

    /// <summary>What the receiver needs to verify: the secret itself for <c>v1</c>, the public key <c>whpk_…</c> for <c>v1a</c>.</summary>
    internal abstract string Verifier { get; }

    /// <summary>A new key of 32 random bytes.</summary>
    internal static WebhookKey Generate(string algorithm) => algorithm switch
    {
        V1 => new Symmetric(RandomNumberGenerator.GetBytes(32)),
        V1a => new Asymmetric(RandomNumberGenerator.GetBytes(32)),
        _ => throw new ArgumentOutOfRangeException(nameof(algorithm)),
    };

    /// <summary>Reads <c>whsec_</c> (24 to 64 bytes) or <c>whsk_</c> (seed and public key, 64 bytes that belong together); null for anything else.</summary>
    internal static WebhookKey? Parse(string text)
    {
        if (After("whsec_", text) is { Length: >= 24 and <= 64 } shared) return new Symmetric(shared);
        if (After("whsk_", text) is not { Length: 64 } pair) return null;

        var key = new Asymmetric(pair[..32]);
        return key.Owns(pair.AsSpan(32)) ? key : null;
    }

    /// <summary>One entry of <c>webhook-signature</c>: <c>v1,…</c> or <c>v1a,…</c>.</summary>
    /// <param name="id">The message id.</param>
    /// <param name="timestamp">Unix seconds of this attempt.</param>
    /// <param name="body">The bytes that are sent.</param>
    internal string Sign(string id, long timestamp, ReadOnlySpan<byte> body) => WithContent(id, timestamp, body, content => string.Concat(Algorithm, ",", Convert.ToBase64String(SignContent(content))));

    /// <summary>True when one of the space-separated entries of <c>webhook-signature</c> is this key's; compared in constant time.</summary>
    internal bool Verifies(string id, long timestamp, ReadOnlySpan<byte> body, string signatures)
    {
        var entries = signatures.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return WithContent(id, timestamp, body, content =>
        {
            var verified = false;
            foreach (var entry in entries)
            {
                if (After(Algorithm + ",", entry) is { } signature) verified |= VerifiesContent(content, signature);
            }

            return verified;
        });
    }

    private protected abstract byte[] SignContent(ReadOnlySpan<byte> content);

    private protected abstract bool VerifiesContent(ReadOnlySpan<byte> content, ReadOnlySpan<byte> signature);

    private delegate T Use<out T>(ReadOnlySpan<byte> content);

    private static T WithContent<T>(string id, long timestamp, ReadOnlySpan<byte> body, Use<T> use)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(id.Length) + 22 + body.Length);
        try
        {
            var length = Encoding.UTF8.GetBytes(id, buffer);
            buffer[length++] = (byte)'.';
            timestamp.TryFormat(buffer.AsSpan(length), out var digits, default, CultureInfo.InvariantCulture);
            length += digits;
            buffer[length++] = (byte)'.';
            body.CopyTo(buffer.AsSpan(length));
            return use(buffer.AsSpan(0, length + body.Length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static byte[]? After(string prefix, string text)
    {
        if (!text.StartsWith(prefix, StringComparison.Ordinal)) return null;

        var encoded = text.AsSpan(prefix.Length);
        if (!Base64.IsValid(encoded, out var length)) return null;

        var bytes = new byte[length];
        return Convert.TryFromBase64Chars(encoded, bytes, out var written) && written == length ? bytes : null;
    }

    private sealed class Symmetric(byte[] shared) : WebhookKey
    {
        internal override string Algorithm => V1;

        internal override string Secret => "whsec_" + Convert.ToBase64String(shared);

        internal override string Verifier => Secret;

        private protected override byte[] SignContent(ReadOnlySpan<byte> content) => HMACSHA256.HashData(shared, content);

        private protected override bool VerifiesContent(ReadOnlySpan<byte> content, ReadOnlySpan<byte> signature) =>
            CryptographicOperations.FixedTimeEquals(SignContent(content), signature);
    }

    private sealed class Asymmetric(byte[] seed) : WebhookKey
    {
        private readonly Key _key = Key.Import(SignatureAlgorithm.Ed25519, seed, KeyBlobFormat.RawPrivateKey);

        internal override string Algorithm => V1a;

        internal override string Secret => "whsk_" + Convert.ToBase64String([.. seed, .. Public]);

        internal override string Verifier => "whpk_" + Convert.ToBase64String(Public);

        private byte[] Public => _key.PublicKey.Export(KeyBlobFormat.RawPublicKey);

        internal bool Owns(ReadOnlySpan<byte> publicKey) => publicKey.SequenceEqual(Public);

        private protected override byte[] SignContent(ReadOnlySpan<byte> content) => SignatureAlgorithm.Ed25519.Sign(_key, content);

        private protected override bool VerifiesContent(ReadOnlySpan<byte> content, ReadOnlySpan<byte> signature) =>
            SignatureAlgorithm.Ed25519.Verify(_key.PublicKey, content, signature);
    }
}
