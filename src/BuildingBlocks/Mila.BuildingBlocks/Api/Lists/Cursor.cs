using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace Mila.BuildingBlocks.Api.Lists;

/// <summary>
/// Where a page ended: the sort key and id of its last item, bound to the query it belongs to, and signed so that nobody can make one up.
/// </summary>
internal sealed record Cursor(string Key, Guid Id)
{
    private const int SignatureBytes = 16;
    private const int MostKept = 1_000;

    // The first pages of lists are asked for again and again, and a signature is dearer than all else that a page of kept items takes.
    private static readonly ConcurrentDictionary<(byte[] SigningKey, string Query, string Key, Guid Id), string> Kept = new();

    public string Seal(byte[] signingKey, string query)
    {
        if (Kept.TryGetValue((signingKey, query, Key, Id), out var known)) return known;

        if (Kept.Count >= MostKept) Kept.Clear();
        return Kept[(signingKey, query, Key, Id)] = Sign(signingKey, query);
    }

    private string Sign(byte[] signingKey, string query)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new[] { Key, Id.ToString("N") });
        return WebEncoders.Base64UrlEncode([.. Sign(signingKey, query, body), .. body]);
    }

    /// <summary>The cursor; null when it was not sealed by us for this very query.</summary>
    public static Cursor? Open(string text, byte[] signingKey, string query)
    {
        try
        {
            var bytes = WebEncoders.Base64UrlDecode(text);
            if (bytes.Length <= SignatureBytes) return null;

            var body = bytes.AsSpan(SignatureBytes);
            if (!CryptographicOperations.FixedTimeEquals(Sign(signingKey, query, body), bytes.AsSpan(0, SignatureBytes))) return null;

            var parts = JsonSerializer.Deserialize<string[]>(body)!;
            return new Cursor(parts[0], Guid.ParseExact(parts[1], "N"));
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static byte[] Sign(byte[] signingKey, string query, ReadOnlySpan<byte> body) =>
        HMACSHA256.HashData(signingKey, (byte[])[.. Encoding.UTF8.GetBytes(query), 0, .. body])[..SignatureBytes];
}
