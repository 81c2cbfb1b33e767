using Mila.BuildingBlocks.Values;

namespace Mila.Events.Agenda;

/// <summary>Addresses of events in the agenda.</summary>
internal static class Slug
{
    public static string Of(string title) => Slugs.Of(title, "evenement");

    /// <summary>The title's slug, numbered when events have it already. Events of the same title draw in turn.</summary>
    public static async Task<string> FreeAsync(IDocumentSession session, string title, CancellationToken ct, IReadOnlyCollection<string>? alsoTaken = null)
    {
        var slug = Of(title);
        await session.LockNameAsync("event", slug, ct);
        return Slugs.Free(slug, (await session.Query<Event>().Where(e => e.Slug.StartsWith(slug)).Select(e => e.Slug).ToListAsync(ct)).Concat(alsoTaken ?? []).ToHashSet(StringComparer.Ordinal));
    }
}
