using System.Globalization;
using System.Text;

namespace Mila.Events.Agenda;

/// <summary>Addresses that people can read: <c>strategie-video-developpement-d-audience</c>.</summary>
internal static class Slug
{
    private const int MaxLength = 80;

    public static string Of(string title)
    {
        var slug = new StringBuilder();
        foreach (var c in title.Replace("œ", "oe", StringComparison.OrdinalIgnoreCase).Replace("æ", "ae", StringComparison.OrdinalIgnoreCase).Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark) continue;

            if (char.IsAsciiLetterOrDigit(c)) slug.Append(char.ToLowerInvariant(c));
            else if (slug.Length > 0 && slug[^1] != '-') slug.Append('-');
        }

        var text = slug.ToString();
        text = (text.Length > MaxLength ? text[..MaxLength] : text).Trim('-');
        return text.Length == 0 ? "evenement" : text;
    }

    /// <summary>The title's slug, numbered when events have it already. Two that draw the same number at once meet at the unique index.</summary>
    public static async Task<string> FreeAsync(IQuerySession session, string title, CancellationToken ct, IReadOnlyCollection<string>? alsoTaken = null)
    {
        var slug = Of(title);
        var taken = (await session.Query<Event>().Where(e => e.Slug.StartsWith(slug)).Select(e => e.Slug).ToListAsync(ct)).Concat(alsoTaken ?? []).ToHashSet(StringComparer.Ordinal);
        if (!taken.Contains(slug)) return slug;

        var number = 2;
        while (taken.Contains($"{slug}-{number}")) number++;
        return $"{slug}-{number}";
    }
}
