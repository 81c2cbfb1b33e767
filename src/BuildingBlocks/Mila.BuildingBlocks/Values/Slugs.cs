using System.Globalization;
using System.Text;

namespace Mila.BuildingBlocks.Values;

/// <summary>Addresses that people can read: <c>strategie-video-developpement-d-audience</c>.</summary>
public static class Slugs
{
    private const int MaxLength = 80;

    /// <summary>The text in lower-case ASCII words joined by hyphens; <paramref name="otherwise"/> when nothing of it is left.</summary>
    public static string Of(string text, string otherwise)
    {
        var slug = new StringBuilder();
        foreach (var c in UnicodeForms.Of(text.Replace("œ", "oe", StringComparison.OrdinalIgnoreCase).Replace("æ", "ae", StringComparison.OrdinalIgnoreCase), NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark) continue;

            if (char.IsAsciiLetterOrDigit(c)) slug.Append(char.ToLowerInvariant(c));
            else if (slug.Length > 0 && slug[^1] != '-') slug.Append('-');
        }

        var words = slug.ToString();
        words = (words.Length > MaxLength ? words[..MaxLength] : words).Trim('-');
        return words.Length == 0 ? otherwise : words;
    }

    /// <summary>The slug, numbered when it is taken already.</summary>
    public static string Free(string slug, IReadOnlySet<string> taken)
    {
        if (!taken.Contains(slug)) return slug;

        var number = 2;
        while (taken.Contains($"{slug}-{number}")) number++;
        return $"{slug}-{number}";
    }
}
