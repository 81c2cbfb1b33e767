using System.Security.Cryptography;

namespace Mila.Signage.Panels;

/// <summary>Short codes for print: no letter or digit that looks like another, no vowel that makes a word.</summary>
internal static class PanelCode
{
    public const int Length = 7;
    public const string Alphabet = "23456789bcdfghjkmnpqrstvwxyz";

    /// <summary>A code that no panel ever had: panels are retired, never deleted. Two that draw the same at once meet at the unique index.</summary>
    public static async Task<string> FreeAsync(IQuerySession session, CancellationToken ct)
    {
        while (true)
        {
            var code = RandomNumberGenerator.GetString(Alphabet, Length);
            if (!await session.Query<Panel>().AnyAsync(p => p.Code == code, ct)) return code;
        }
    }

    /// <summary>The code as it is stored, however somebody typed it; null when it is none.</summary>
    public static string? Read(string typed)
    {
        var code = typed.ToLowerInvariant();
        return code.Length == Length && code.All(Alphabet.Contains) ? code : null;
    }
}
