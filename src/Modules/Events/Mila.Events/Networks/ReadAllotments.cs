using Mila.Events.Agenda;
using Mila.Events.Registrations;

namespace Mila.Events.Networks;

internal static class ReadAllotments
{
    /// <summary>The seats of an event that are kept for networks. Taken, held, kept and free together are the capacity.</summary>
    /// <param name="EventId">The event.</param>
    /// <param name="Capacity">Seats; null without a limit.</param>
    /// <param name="Taken">Seats of those who come.</param>
    /// <param name="Held">Seats set aside for addresses to be confirmed and for offers.</param>
    /// <param name="Kept">Seats kept for networks' members and not taken by them.</param>
    /// <param name="Free">Seats for everybody; null without a limit. Less than zero where more is kept than there is.</param>
    /// <param name="Items">Network by network. A partner's key sees its own.</param>
    internal sealed record Response(Guid EventId, int? Capacity, int Taken, int Held, int Kept, int? Free, IReadOnlyList<Item> Items);

    /// <summary>One network.</summary>
    /// <param name="PartnerId">The network.</param>
    /// <param name="Seats">Seats agreed.</param>
    /// <param name="Used">Seats that its members have.</param>
    /// <param name="Kept">Seats kept for them still.</param>
    /// <param name="ReleasedAt">From when on those that nobody took are free for everybody; null while the day is to be confirmed.</param>
    internal sealed record Item(Guid PartnerId, int Seats, int Used, int Kept, DateTimeOffset? ReleasedAt);

    /// <summary>Read how many seats of an event are kept for partner networks, and until when.</summary>
    internal static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(Guid eventId, Caller caller, IQuerySession session, TimeProvider clock, CancellationToken ct)
    {
        if (await session.LoadSeenAsync(eventId, caller, ct) is not { } @event) return EventErrors.Unknown.ToProblem();

        var seats = await SeatPlan.FindAsync(session, eventId, ct);
        var networks = new NetworkSeats(await session.Query<KnownAgreement>().ToListAsync(ct), clock.GetUtcNow());
        var items = networks.At(@event).Select(a => new Item(a.PartnerId, a.Seats, seats.UsedBy(@event, a.PartnerId), networks.Kept(@event, a, seats), a.ReleasedAt)).ToList();
        var (kept, counted) = (items.Sum(i => i.Kept), seats.At(@event));
        return TypedResults.Ok(new Response(
            eventId, @event.Capacity, counted.Taken, counted.Held, kept, counted.Free - kept, [.. items.Where(i => !caller.IsPartner || i.PartnerId == caller.PartnerId)]));
    }
}
