using Mila.Events.Agenda;
using Mila.Events.Attendance;
using Mila.Events.Contracts;
using Mila.Events.Feeds;
using Mila.Events.Letters;
using Mila.Events.Networks;
using Mila.Events.Waiting;

namespace Mila.Events.Registrations;

/// <summary>Opens the desk of an event under its row lock, and closes it: serves the line, writes, tells.</summary>
internal sealed class Desks(RegistrationSettings settings, TimeProvider clock)
{
    private const int LinePart = 100;

    /// <summary>The desk; null when there is no such event.</summary>
    public async Task<Desk?> OpenAsync(IDocumentSession session, Guid eventId, CancellationToken ct) => (await OpenAsync(session, [eventId], Inquiry.Nobody, waits: true, ct)).Desks.GetValueOrDefault(eventId);

    /// <summary>The desks of several events, with what is known of those who ask.</summary>
    /// <param name="session">That will hold the row locks.</param>
    /// <param name="eventIds">Of which events; there is no desk of one that does not exist.</param>
    /// <param name="inquiry">Of whom to know.</param>
    /// <param name="waits">Whether to wait for desks that are open elsewhere; else they are passed over too.</param>
    /// <param name="ct">Stops the queries.</param>
    public async Task<(IReadOnlyDictionary<Guid, Desk> Desks, Knowledge Knowledge)> OpenAsync(IDocumentSession session, IReadOnlyCollection<Guid> eventIds, Inquiry inquiry, bool waits, CancellationToken ct)
    {
        var (found, knowledge) = await DeskReads.OpenAsync(session, eventIds, inquiry, waits, ct);
        var now = clock.GetUtcNow();
        return (found.ToDictionary(f => f.Event.Id, f => new Desk(f.Event, f.Seats, settings, now, new NetworkSeats(knowledge.Agreements, now))), knowledge);
    }

    /// <summary>The same for whoever changes the event itself.</summary>
    public async Task<Desk?> OpenToChangeAsync(IDocumentSession session, Guid eventId, CancellationToken ct) =>
        await session.LoadLockedAsync<Event>(eventId, ct) is { } found
            ? new Desk(found, await SeatPlan.FindAsync(session, eventId, ct), settings, clock.GetUtcNow(), new NetworkSeats(await session.Query<KnownAgreement>().Where(a => a.Given).ToListAsync(ct), clock.GetUtcNow()))
            : null;

    /// <summary>The desk at which this registration stands, and the registration as it is under the lock; nulls when there is none.</summary>
    public async Task<(Desk? Desk, Registration? Registration)> FindAsync(IDocumentSession session, Guid registrationId, CancellationToken ct)
    {
        if (await session.LoadAsync<Registration>(registrationId, ct) is not { } before) return (null, null);

        var desk = await OpenAsync(session, before.EventId, ct);
        return (desk, await session.LoadAsync<Registration>(registrationId, ct));
    }

    /// <summary>Everything that was decided goes with the session's next commit.</summary>
    public static async Task CloseAsync(IDocumentSession session, Desk desk, CancellationToken ct)
    {
        await ServeAsync(session, desk, ct);
        Write(session, [desk]);
    }

    /// <summary>The same where the line has been served, or nobody in it could be: of all desks by as few statements as of one.</summary>
    public static void Write(IDocumentSession session, IReadOnlyCollection<Desk> desks)
    {
        var changed = desks.Where(d => d.Changes.Count > 0).ToList();
        if (changed.Count == 0) return;

        var now = changed[0].Now;
        session.WriteLocked([.. changed.Select(d => d.Seats)], s => s.Id, now);
        session.WriteLocked([.. changed.SelectMany(d => d.Changes).Select(c => c.Registration)], r => r.Id, now);
        session.WriteLocked([.. changed.SelectMany(d => d.Decisions)], d => d.Id, now);
        foreach (var desk in changed) Tell(session, desk);
    }

    private static void Tell(IDocumentSession session, Desk desk)
    {
        foreach (var (registration, before) in desk.Changes) Tell(session, registration, before);
        foreach (var letters in LettersDue.Of(desk.Event.Id, desk.Changes.Select(LetterOf).OfType<LetterDue>())) session.Publish(letters);
        if (desk.FillsOrEmpties) session.Publish(new EventFillsOrEmpties(desk.Event.Id));
        if (desk.Seats.ClosedAt is not null && desk.Changes.Any(c => c.Registration.Status is RegistrationStatus.Attended)) session.Publish(new AttendanceToCount(desk.Event.Id));
    }

    /// <summary>Walks the line from its head. Who came into it or left it just now is not in the database yet.</summary>
    public static async Task ServeAsync(IDocumentSession session, Desk desk, CancellationToken ct)
    {
        if (!desk.MayServe) return;

        var changed = desk.Changes.Select(c => c.Registration).ToDictionary(r => r.Id);
        var fresh = new Queue<Registration>(changed.Values.Where(r => r.Line is not null).OrderBy(r => r.Line, StringComparer.Ordinal));
        var (of, rank, after) = (desk.Seats.InLine, 1, LineKey.First(desk.Event.Id));
        var passedOver = new List<(Registration, int, Reason)>();
        while (true)
        {
            var part = await Lines.PartAsync(session, desk.Event.Id, after, LinePart, ct);
            var isLast = part.Count < LinePart;
            if (part.Count > 0) after = part[^1].Line!;

            var line = part.Where(r => !changed.ContainsKey(r.Id)).ToList();
            while (fresh.TryPeek(out var next) && (isLast || string.CompareOrdinal(next.Line, after) < 0)) line.Add(fresh.Dequeue());
            line.Sort((a, b) => string.CompareOrdinal(a.Line, b.Line));

            var known = await KnownAsync(session, desk, line, ct);
            if (!desk.Serve(line, rank, of, passedOver, r => known[r.Id]) || isLast) return;

            rank += line.Count;
        }
    }

    /// <summary>What is known of who stands behind one registration.</summary>
    public static async Task<Known> KnownAsync(IDocumentSession session, Desk desk, Registration r, CancellationToken ct)
    {
        var (_, knowledge) = await DeskReads.OpenAsync(session, [r.EventId], Inquiry.About([r]), waits: true, ct);
        var past = await DeskReads.PastPlacesAsync(session, desk.Event, [r.Party], desk.Now, ct);
        return new Known(knowledge.Member(r.MemberId), knowledge.Partner(r.PartnerId), PastPlaces: past.GetValueOrDefault(r.Party))
        {
            Share = new SharedCount { Seats = knowledge.SharesOf(r.Party, desk.Event) },
        };
    }

    private static async Task<Dictionary<Guid, Known>> KnownAsync(IDocumentSession session, Desk desk, List<Registration> line, CancellationToken ct)
    {
        if (line.Count == 0) return [];

        var (_, knowledge) = await DeskReads.OpenAsync(session, [desk.Event.Id], Inquiry.About(line), waits: true, ct);
        // Those of one party share one count, with what was changed at this desk and is not written yet.
        var parties = line.Select(r => r.Party).Distinct(StringComparer.Ordinal).ToDictionary(p => p, p => knowledge.SharesOf(p, desk.Event), StringComparer.Ordinal);
        foreach (var (registration, before) in desk.Changes.Where(c => parties.ContainsKey(c.Registration.Party)))
        {
            var had = before.Use is SeatUse.Held or SeatUse.Taken && desk.IsCounted(before.Place);
            var has = registration.Use is SeatUse.Held or SeatUse.Taken && desk.IsCounted(registration.Place);
            parties[registration.Party] += (has ? registration.Seats : 0) - (had ? registration.Seats : 0);
        }

        var counts = new Dictionary<string, SharedCount>(StringComparer.Ordinal);
        foreach (var (party, seats) in parties) counts[party] = new SharedCount { Seats = seats };
        return line.ToDictionary(r => r.Id, r => new Known(knowledge.Member(r.MemberId), knowledge.Partner(r.PartnerId)) { Share = counts[r.Party] });
    }

    private static void Tell(IDocumentSession session, Registration r, Before before)
    {
        if (r.Status != before.Status && Announcement(r, before) is { } news) session.Publish(news);
        if (r.Status is RegistrationStatus.Pending or RegistrationStatus.Offered && (r.Status != before.Status || r.OfferExpiresAt != before.OfferExpiresAt)) session.PublishAt(new PlaceRunsOut(r.EventId, r.Id), r.OfferExpiresAt!.Value);
    }

    // A pending one is nobody's news, and neither is that it ran out or was called off: it may have been a stranger's address.
    private static INotification? Announcement(Registration r, Before before) => r.Status switch
    {
        RegistrationStatus.Confirmed => new RegistrationConfirmed(r.Id, r.EventId, r.MemberId, r.PartnerId, r.Seats, r.Revision, r.UpdatedAt),
        RegistrationStatus.Waitlisted => new RegistrationWaitlisted(r.Id, r.EventId, r.MemberId, r.PartnerId, r.Seats, r.Revision, r.UpdatedAt),
        RegistrationStatus.Offered => new RegistrationOffered(r.Id, r.EventId, r.MemberId, r.PartnerId, r.Seats, r.OfferExpiresAt!.Value, r.Revision, r.UpdatedAt),
        RegistrationStatus.Declined => new RegistrationDeclined(r.Id, r.EventId, r.MemberId, r.PartnerId, r.Seats, r.Revision, r.UpdatedAt),
        RegistrationStatus.Expired when before.Status is not RegistrationStatus.Pending => new RegistrationExpired(r.Id, r.EventId, r.MemberId, r.PartnerId, r.Seats, r.Revision, r.UpdatedAt),
        RegistrationStatus.Cancelled when before.Status is not RegistrationStatus.Pending => new RegistrationCancelled(r.Id, r.EventId, r.MemberId, r.PartnerId, r.Seats, r.Revision, r.UpdatedAt),
        RegistrationStatus.Attended => new RegistrationAttended(r.Id, r.EventId, r.MemberId, r.PartnerId, r.Seats, r.Revision, r.UpdatedAt),
        RegistrationStatus.NoShow => new RegistrationMissed(r.Id, r.EventId, r.MemberId, r.PartnerId, r.Seats, r.Revision, r.UpdatedAt),
        _ => null,
    };

    private static LetterDue? LetterOf(Changed c) => KindOf(c.Registration, c.Before) is { } kind ? new LetterDue(c.Registration.Id, kind, c.Registration.Sequence) : null;

    private static string? KindOf(Registration r, Before before) => r.Status switch
    {
        // Who came is thanked and asked how it was in one letter, once the list at the door is closed. By then the others have been asked.
        RegistrationStatus.Attended when before.Status is RegistrationStatus.NoShow => LetterDue.Feedback,
        RegistrationStatus.Attended when before.Status is not RegistrationStatus.Attended => null,
        RegistrationStatus.Expired when before.Status is RegistrationStatus.Pending => LetterDue.Unconfirmed,
        RegistrationStatus.Expired when before.Status is RegistrationStatus.Waitlisted => LetterDue.InVain,
        RegistrationStatus.Confirmed when before.Status is RegistrationStatus.Attended => r.Sequence != before.Sequence ? LetterDue.Moved : null,
        var status when status != before.Status => status.ToString(),
        _ when r.Place != before.Place => LetterDue.Switched,
        _ when r.Sequence != before.Sequence => LetterDue.Moved,
        _ => null,
    };
}

/// <summary>What was set aside for a registration until now may be free.</summary>
/// <param name="EventId">First, so that what runs out at one event is served in one lane and not by several that wait for each other's lock.</param>
/// <param name="RegistrationId">The registration.</param>
internal sealed record PlaceRunsOut(Guid EventId, Guid RegistrationId) : INotification;
