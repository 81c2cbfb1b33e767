using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Mila.BuildingBlocks.Documents;

namespace Mila.BuildingBlocks.Security;

/// <summary>Makes links that open one thing for whoever holds them, as those in mails. What they say can be read; it cannot be made up.</summary>
public sealed class LinkSigner
{
    private const int SignatureBytes = 16;
    private readonly SigningKey _key;

    internal LinkSigner(SigningKey key) => _key = key;

    /// <summary>A token for a URL.</summary>
    /// <param name="purpose">What it opens: a token for one purpose is none for another.</param>
    /// <param name="content">What it says.</param>
    public string Seal(string purpose, ReadOnlySpan<byte> content) => WebEncoders.Base64UrlEncode([.. Sign(purpose, content)[..SignatureBytes], .. content]);

    /// <summary>What the token says; null when it was not sealed here for this purpose.</summary>
    public byte[]? Open(string purpose, string token)
    {
        try
        {
            var bytes = WebEncoders.Base64UrlDecode(token);
            return bytes.Length > SignatureBytes && CryptographicOperations.FixedTimeEquals(Sign(purpose, bytes.AsSpan(SignatureBytes)).AsSpan(0, SignatureBytes), bytes.AsSpan(0, SignatureBytes))
                ? bytes[SignatureBytes..]
                : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>Digits that only this database can know, to be read out or typed.</summary>
    /// <param name="purpose">What they open.</param>
    /// <param name="content">Of what.</param>
    /// <param name="digits">How many, 4 to 9.</param>
    public string Digits(string purpose, ReadOnlySpan<byte> content, int digits)
    {
        var number = System.Buffers.Binary.BinaryPrimitives.ReadUInt64LittleEndian(Sign(purpose, content)) % (ulong)Math.Pow(10, digits);
        return number.ToString(System.Globalization.CultureInfo.InvariantCulture).PadLeft(digits, '0');
    }

    private byte[] Sign(string purpose, ReadOnlySpan<byte> content) => HMACSHA256.HashData(_key.Bytes, (byte[])[.. Encoding.UTF8.GetBytes("link " + purpose), 0, .. content]);
}
