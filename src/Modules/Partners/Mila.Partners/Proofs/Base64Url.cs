namespace Mila.Partners.Proofs;

/// <summary>Base64url as JOSE writes it (RFC 7515 section 2): without padding, and one text for the same bytes.</summary>
internal static class Base64Url
{
    public static string Write(ReadOnlySpan<byte> bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);

    /// <summary>The bytes; null for anything that this would not write itself.</summary>
    public static byte[]? Read(string text)
    {
        if (text.Length == 0 || !System.Buffers.Text.Base64Url.IsValid(text)) return null;

        var bytes = System.Buffers.Text.Base64Url.DecodeFromChars(text);
        return Write(bytes) == text ? bytes : null;
    }
}
