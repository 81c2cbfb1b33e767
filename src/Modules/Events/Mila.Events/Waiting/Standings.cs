using Mila.Events.Registrations;

namespace Mila.Events.Waiting;

/// <summary>
/// The place in line of those who have just come into it, as whoever reads it after the commit will find it. The seat plan knows it by counting; only where staff have
/// moved somebody the line itself is asked, beside what this desk has changed and not written yet.
/// </summary>
internal static class Standings
{
    /// <summary>Of those who were not registered before this desk opened and wait now.</summary>
    /// <param name="session">That holds the event's lock.</param>
    /// <param name="desk">Where they asked.</param>
    /// <param name="also">And of these, who were registered before.</param>
    /// <param name="ct">Stops the query.</param>
    public static async Task<IReadOnlyDictionary<Guid, (int Rank, int Of)>> OfAsync(IDocumentSession session, Desk desk, IEnumerable<Guid> also, CancellationToken ct)
    {
        var fresh = desk.Changes.Where(c => c.Before.Status is null && c.Registration.Line is not null).Select(c => c.Registration).ToList();
        var standings = await Lines.RanksAsync(session, [.. also], ct);
        if (fresh.Count == 0) return standings;

        foreach (var (id, standing) in desk.Seats.Moved is 0 ? Counted(desk, fresh) : await FoundAsync(session, desk, fresh, ct)) standings[id] = standing;
        return standings;
    }

    // They asked one after the other: the last of those with as many past places stands behind the others.
    private static Dictionary<Guid, (int Rank, int Of)> Counted(Desk desk, List<Registration> fresh)
    {
        var (behind, standings) = (new int[SeatPlan.MostPastPlaces + 1], new Dictionary<Guid, (int, int)>(fresh.Count));
        foreach (var r in fresh.OrderByDescending(r => r.AskedAt)) standings[r.Id] = (desk.Seats.LastRank(r.PastPlaces) - behind[r.PastPlaces]++, desk.Seats.InLine);
        return standings;
    }

    private static async Task<Dictionary<Guid, (int Rank, int Of)>> FoundAsync(IDocumentSession session, Desk desk, List<Registration> fresh, CancellationToken ct)
    {
        var changed = desk.Changes.Select(c => c.Registration).ToList();
        var before = await Lines.BeforeAsync(session, desk.Event.Id, [.. fresh.Select(r => r.Line!)], [.. changed.Select(r => r.Id)], ct);
        return fresh.ToDictionary(r => r.Id, r => (before[r.Line!] + changed.Count(c => c.Line is not null && string.CompareOrdinal(c.Line, r.Line) <= 0), desk.Seats.InLine));
    }
}
