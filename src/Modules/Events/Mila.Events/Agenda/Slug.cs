using Mila.BuildingBlocks.Values;

namespace Mila.Events.Agenda;

/// <summary>Addresses of events in the agenda.</summary>
internal static class Slug
{
    public static string Of(string title) => Slugs.Of(title, "evenement");

    /// <summary>The title's slug, numbered when events have it already. Two that draw the same number at once meet at the unique index.</summary>
    public static async Task<string> FreeAsync(IQuerySession session, string title, CancellationToken ct, IReadOnlyCollection<string>? alsoTaken = null)
    {
        var slug = Of(title);
        return Slugs.Free(slug, (await session.Query<Event>().Where(e => e.Slug.StartsWith(slug)).Select(e => e.Slug).ToListAsync(ct)).Concat(alsoTaken ?? []).ToHashSet(StringComparer.Ordinal));
    }
}
