using System.Security.Cryptography;
using System.Text;
using Mila.Partners.Webhooks.Secrets;
using NSec.Cryptography;

namespace Mila.Partners.Proofs;

/// <summary>The keys that proofs are signed with: one signs, the next is shown before it does, and those before are shown until nothing by them is good any more.</summary>
internal sealed class ProofKeys(SecretVault vault, TimeProvider clock)
{
    /// <summary>A key is replaced by itself after so long.</summary>
    internal static readonly TimeSpan LongestUse = TimeSpan.FromDays(90);

    /// <summary>How long a key is shown before it signs: longer than the minute for which anybody may keep the keys, and their clock may be off.</summary>
    internal static readonly TimeSpan Notice = TimeSpan.FromMinutes(2);

    /// <summary>What anybody verifies with.</summary>
    public async Task<IReadOnlyList<PublicJwk>> ShownAsync(IQuerySession session, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return [.. (await session.Query<ProofKey>().ToListAsync(ct)).Where(k => k.IsShown(now)).OrderBy(k => k.ShownUntil is not null).ThenByDescending(k => k.DrawnAt).Select(k => k.Public)];
    }

    /// <summary>The text of a token, signed by the present key; the first one is drawn when the first proof is issued. One that has signed long enough is replaced, with notice.</summary>
    public async Task<(string Text, string Kid)> SignAsync(IDocumentSession session, ProofClaims claims, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var keys = await session.Query<ProofKey>().ToListAsync(ct);
        if (keys.Where(k => k.SignsFrom <= now).MaxBy(k => k.SignsFrom) is not { } present || SeedOf(present) is not { } seed) (present, seed) = await RotateAsync(session, now, ct);
        else if (now - present.SignsFrom >= LongestUse && keys.All(k => k.SignsFrom <= now)) await RotateAsync(session, ct);

        using var key = Key.Import(SignatureAlgorithm.Ed25519, seed, KeyBlobFormat.RawPrivateKey);
        return (ProofToken.Write(present.Public.Kid, claims, content => SignatureAlgorithm.Ed25519.Sign(key, content)), present.Public.Kid);
    }

    /// <summary>Show a new key now, and sign with it in two minutes. Who rotates at the same time waits, and then replaces this one.</summary>
    public async Task<ProofKey> RotateAsync(IDocumentSession session, CancellationToken ct) => (await RotateAsync(session, clock.GetUtcNow() + Notice, ct)).Key;

    private async Task<(ProofKey Key, byte[] Seed)> RotateAsync(IDocumentSession session, DateTimeOffset signsFrom, CancellationToken ct)
    {
        await session.LockNameAsync("proof", "key", ct);
        var now = clock.GetUtcNow();
        foreach (var before in await session.Query<ProofKey>().Where(k => k.ShownUntil == null).ToListAsync(ct))
        {
            before.Retire(signsFrom);
            session.Store(before);
            session.PublishAt(new ProofTraceRunsOut(before.Id), before.ShownUntil!.Value);
        }

        var seed = RandomNumberGenerator.GetBytes(32);
        using var drawn = Key.Import(SignatureAlgorithm.Ed25519, seed, KeyBlobFormat.RawPrivateKey);
        var x = Base64Url.Write(drawn.PublicKey.Export(KeyBlobFormat.RawPublicKey));
        var id = Guid.CreateVersion7(now);
        var key = ProofKey.Drawn(id, new PublicJwk(Thumbprint(x), x), vault.Seal(id, Convert.ToBase64String(seed)), now, signsFrom);
        session.Store(key);
        return (key, seed);
    }

    /// <summary>Null when the vault has another key than then: what it cannot open is replaced, so that an operator who lost the file goes on.</summary>
    private byte[]? SeedOf(ProofKey key) => vault.TryUnseal(key.Id, key.Box) is { } seed ? Convert.FromBase64String(seed) : null;

    /// <summary>The name of a key follows from the key (RFC 7638).</summary>
    private static string Thumbprint(string x) => Base64Url.Write(SHA256.HashData(Encoding.ASCII.GetBytes($$"""{"crv":"Ed25519","kty":"OKP","x":"{{x}}"}""")));
}
