using Mila.Hosting.Spaces;

namespace Mila.Hosting.Rooms;

/// <summary>Who has a room and when, while its row is locked. Whatever else takes a room by the hour opens this book first and asks <see cref="Refuses"/>.</summary>
internal sealed class RoomBook
{
    private readonly Space? _space;
    private readonly List<RoomHold> _taken;

    private RoomBook(Space? space, List<RoomHold> taken) => (_space, _taken) = (space, taken);

    /// <summary>The book of this room, for a transaction that decides.</summary>
    public static async Task<RoomBook> OpenAsync(IDocumentSession session, string code, CancellationToken ct)
    {
        var space = await FindLockedAsync(session, code, ct);
        if (space is null)
        {
            // There is no row to lock. Who refuses for that reason takes a turn with who comes to tell that the space was opened, so that no refusal is overlooked.
            await session.LockNameAsync("space", code, ct);
            space = await FindLockedAsync(session, code, ct);
        }

        var taken = space is null ? [] : await session.Query<RoomHold>().Where(h => h.SpaceCode == code && h.Status == HoldStatus.Confirmed).ToListAsync(ct);
        return new RoomBook(space, [.. taken]);
    }

    /// <summary>Why these hours cannot be had; null when they can. Most specific first: the space, what it is for, these hours.</summary>
    public Error? Refuses(RoomHold hold) =>
        _space is null ? RoomErrors.Unknown
        : !_space.Plan.Bookable ? RoomErrors.NotBookable
        : _taken.Exists(t => t.Id != hold.Id && t.Overlaps(hold)) ? RoomErrors.Taken
        : null;

    /// <summary>These hours are had now.</summary>
    public void Take(RoomHold hold) => _taken.Add(hold);

    private static async Task<Space?> FindLockedAsync(IDocumentSession session, string code, CancellationToken ct)
    {
        var id = await session.Query<Space>().Where(s => s.Code == code).Select(s => s.Id).FirstOrDefaultAsync(ct);
        return id == default ? null : await session.LoadLockedAsync<Space>(id, ct);
    }
}
