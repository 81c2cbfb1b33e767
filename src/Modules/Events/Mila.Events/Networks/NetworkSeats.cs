using System.Globalization;
using Mila.BuildingBlocks.Time;
using Mila.Events.Agenda;
using Mila.Events.Registrations;

namespace Mila.Events.Networks;

/// <summary>Which networks' members may come to an event now, and how many seats are kept for each: those agreed, less those its members have, until the release.</summary>
internal sealed class NetworkSeats(IReadOnlyCollection<KnownAgreement> agreements, DateTimeOffset now)
{
    public static readonly NetworkSeats None = new([], default);

    /// <summary>Whether an agreement with this network opens the event, on the day that it takes place; within its month while the day is to be confirmed.</summary>
    public bool Admit(Event e, Guid? partnerId) => partnerId is not null && agreements.Any(a => a.PartnerId == partnerId && a.Given && Holds(a, e.When));

    /// <summary>The seats agreed at this event, network by network; none where everybody finds one, or where the event is not for networks.</summary>
    public IEnumerable<Allotment> At(Event e) => e is { Audience: Audience.Network, Capacity: not null, Status: EventStatus.Published }
        // Within a month whose day is to be confirmed one agreement may follow another: the larger counts, not both.
        ? agreements.Where(a => a.SeatsPerEvent > 0 && Holds(a, e.When)).GroupBy(a => a.PartnerId).Select(g => g.MaxBy(a => a.SeatsPerEvent)!).Select(a => new Allotment(a.PartnerId, a.SeatsPerEvent, ReleasedAt(a, e.When)))
        : [];

    /// <summary>Seats that are free and kept for networks, but not for this one.</summary>
    public int Kept(Event e, SeatPlan seats, Guid? but = null) => At(e).Where(a => a.PartnerId != but).Sum(a => Kept(e, a, seats));

    /// <summary>Whether whoever asks now has to wait: every seat is taken, held or kept. Where one is free, those in line do not fit into it, and another may.</summary>
    public bool IsFull(Event e, SeatPlan seats) => seats.At(e).Free - Kept(e, seats) <= 0;

    /// <summary>Whether somebody waits for whom a seat is kept.</summary>
    public bool KeptForSomebodyInLine(Event e, SeatPlan seats) => At(e).Any(a => Kept(e, a, seats) > 0 && seats.UseOf(a.PartnerId).Waiting > 0);

    /// <summary>When seats that are kept come free, or came.</summary>
    public IEnumerable<DateTimeOffset> Releases(Event e) => At(e).Select(a => a.ReleasedAt).OfType<DateTimeOffset>();

    /// <summary>When more seats come free by a release, the next time.</summary>
    public DateTimeOffset? NextRelease(Event e) => At(e).Select(a => a.ReleasedAt).Where(at => at > now).Min();

    /// <summary>Of these seats, those that are still kept.</summary>
    public int Kept(Event e, Allotment allotment, SeatPlan seats) => allotment.ReleasedAt <= now ? 0 : Math.Max(0, allotment.Seats - seats.UsedBy(e, allotment.PartnerId));

    private static DateTimeOffset? ReleasedAt(KnownAgreement agreement, When when) => when is When.Scheduled s ? s.StartsAt.AddHours(-agreement.ReleasedHoursBefore) : null;

    private static bool Holds(KnownAgreement agreement, When when)
    {
        if (when is When.Scheduled s) return agreement.HoldsBetween(ParisTime.DateOf(s.StartsAt), ParisTime.DateOf(s.StartsAt));
        if (when is not When.InMonth { Month: var month }) return false;

        var first = DateOnly.ParseExact(month + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture);
        return agreement.HoldsBetween(first, first.AddMonths(1).AddDays(-1));
    }
}

/// <summary>Seats of one event for one network's members.</summary>
/// <param name="PartnerId">The network.</param>
/// <param name="Seats">How many were agreed.</param>
/// <param name="ReleasedAt">From when on those that nobody took are free for everybody; null while the day is to be confirmed.</param>
internal sealed record Allotment(Guid PartnerId, int Seats, DateTimeOffset? ReleasedAt);
