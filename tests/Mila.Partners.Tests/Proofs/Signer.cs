using System.Text;
using System.Text.Json;
using NSec.Cryptography;

namespace Mila.Partners.Tests.Proofs;

/// <summary>A partner's own server: it signs what it likes, in whatever form.</summary>
internal sealed class Signer : IDisposable
{
    private readonly Key _key = Key.Create(SignatureAlgorithm.Ed25519);

    public string Kid { get; init; } = "2026-a";

    public string X => Base64Url(_key.PublicKey.Export(KeyBlobFormat.RawPublicKey));

    public byte[] Raw => _key.PublicKey.Export(KeyBlobFormat.RawPublicKey);

    public object Jwk => new { kid = Kid, x = X };

    public string Sign(object claims, object? header = null) => Write(header ?? Header(), claims, content => SignatureAlgorithm.Ed25519.Sign(_key, content));

    public object Header() => new { alg = "EdDSA", typ = "membership-proof+jwt", kid = Kid };

    public static string Write(object header, object claims, Func<byte[], byte[]> sign)
    {
        var content = $"{Part(header)}.{Part(claims)}";
        return $"{content}.{Base64Url(sign(Encoding.ASCII.GetBytes(content)))}";
    }

    public static string Base64Url(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    public void Dispose() => _key.Dispose();

    private static string Part(object part) => Base64Url(part is string text ? Encoding.UTF8.GetBytes(text) : JsonSerializer.SerializeToUtf8Bytes(part));
}
