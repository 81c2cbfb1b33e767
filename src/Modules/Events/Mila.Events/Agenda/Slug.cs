using Mila.BuildingBlocks.Values;

namespace Mila.Events.Agenda;

/// <summary>Addresses of events in the agenda.</summary>
internal static class Slug
{
    private const int Longest = 200;

    /// <summary>Whether a text could be one: what could not is not looked for.</summary>
    public static bool IsOne(string text) => text.Length is > 0 and <= Longest && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    public static string Of(string title) => Slugs.Of(title, "evenement");

    /// <summary>The title's slug, numbered when events have it already. Events of the same title draw in turn.</summary>
    public static async Task<string> FreeAsync(IDocumentSession session, string title, CancellationToken ct, IReadOnlyCollection<string>? alsoTaken = null)
    {
        var slug = Of(title);
        await session.LockNameAsync("event", slug, ct);
        return Slugs.Free(slug, (await session.Query<Event>().Where(e => e.Slug.StartsWith(slug)).Select(e => e.Slug).ToListAsync(ct)).Concat(alsoTaken ?? []).ToHashSet(StringComparer.Ordinal));
    }
}
