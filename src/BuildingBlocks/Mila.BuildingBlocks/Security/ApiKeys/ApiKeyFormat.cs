using System.Buffers;
using System.IO.Hashing;
using System.Security.Cryptography;
using System.Text;
using Mila.BuildingBlocks.Api;

namespace Mila.BuildingBlocks.Security.ApiKeys;

/// <summary>The shape of a key: <c>mila_&lt;kind&gt;_&lt;30 base62&gt;&lt;6 base62 of CRC-32&gt;</c>. The checksum spares the database the typing errors and lets scanners
/// of leaked secrets be sure; it protects nothing else.</summary>
internal static class ApiKeyFormat
{
    /// <summary>What every key begins with.</summary>
    public const string Start = "mila_";

    private const string Base62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const int RandomLength = 30;
    private const int ChecksumLength = 6;

    private static readonly SearchValues<char> Base62Characters = SearchValues.Create(Base62);

    /// <summary>A new key with 178 bits of randomness, each character equally likely.</summary>
    public static string Generate(KeyKind kind)
    {
        var body = Start + kind.Word() + "_" + RandomNumberGenerator.GetString(Base62, RandomLength);
        return body + Checksum(body);
    }

    /// <summary>True when the text has the shape of a key and its checksum is right; whether the key exists is another question.</summary>
    public static bool IsWellFormed(ReadOnlySpan<char> text)
    {
        if (!text.StartsWith(Start, StringComparison.Ordinal)) return false;

        var kind = text[Start.Length..];
        var end = kind.IndexOf('_');
        if (end < 0 || kind[..end] is not ("admin" or "staff" or "partner")) return false;

        var secret = kind[(end + 1)..];
        return secret.Length == RandomLength + ChecksumLength
            && !secret.ContainsAnyExcept(Base62Characters)
            && text[^ChecksumLength..].SequenceEqual(Checksum(text[..^ChecksumLength]));
    }

    /// <summary>What is stored of a key: SHA-256 of its text, in hexadecimal. The key is random, so neither salt nor stretching would add anything.</summary>
    public static string Hash(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    /// <summary>What lists show, so that people can tell keys apart: the kind and four characters of the secret.</summary>
    public static string Prefix(string key) => key[..(key.LastIndexOf('_') + 5)];

    private static string Checksum(ReadOnlySpan<char> body)
    {
        Span<byte> ascii = stackalloc byte[body.Length];
        Encoding.ASCII.GetBytes(body, ascii);
        var rest = Crc32.HashToUInt32(ascii);
        Span<char> text = stackalloc char[ChecksumLength];
        for (var i = ChecksumLength - 1; i >= 0; i--)
        {
            text[i] = Base62[(int)(rest % 62)];
            rest /= 62;
        }

        return new string(text);
    }
}
