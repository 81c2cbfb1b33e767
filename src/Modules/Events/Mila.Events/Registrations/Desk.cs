using Mila.BuildingBlocks.Time;
using Mila.Events.Agenda;
using Mila.Events.Networks;
using Mila.Events.Waiting;

namespace Mila.Events.Registrations;

/// <summary>
/// Where people are registered for one event, while its row is locked. Every change of a registration goes through here, so that the seats are counted along; after each
/// the free seats are offered to the line.
/// </summary>
internal sealed class Desk(Event e, SeatPlan seats, RegistrationSettings settings, DateTimeOffset now, NetworkSeats? networks = null)
{
    private readonly Dictionary<Guid, Changed> _changed = [];
    private readonly HashSet<Guid> _present = [];
    private readonly bool _wasFull = (networks ?? NetworkSeats.None).IsFull(e, seats);

    public Event Event => e;

    public SeatPlan Seats => seats;

    public DateTimeOffset Now => now;

    /// <summary>Who is welcome by an agreement, and the seats kept for them.</summary>
    public NetworkSeats Networks { get; } = networks ?? NetworkSeats.None;

    /// <summary>Whether the agenda has something else to say of its seats than before.</summary>
    public bool FillsOrEmpties => Networks.IsFull(e, seats) != _wasFull;

    /// <summary>What was changed, and what each was before; null for a new one.</summary>
    public IReadOnlyCollection<Changed> Changes => _changed.Values;

    public List<Decision> Decisions { get; } = [];

    /// <summary>Whether anybody in line could be served: places are offered until the event begins.</summary>
    public bool MayServe => e.Status is EventStatus.Published && !HasBegun && seats.InLine > 0 && HasAny;

    /// <summary>Whether those who are still in line wait in vain.</summary>
    public bool IsLineOver => e.Status is EventStatus.Held || (e.Status is EventStatus.Published && HasBegun);

    /// <summary>Whether nobody comes any more.</summary>
    private bool IsOver => e.IsOver(now) || seats.ClosedAt is not null;

    private bool HasBegun => e.When is When.Scheduled s && s.StartsAt <= now;

    /// <summary>The seats as they stand.</summary>
    public SeatCount Counted => seats.At(e);

    // Links have no end, but whoever waited for one when the event was online alone is still to be served.
    private bool HasAny => FreeFor(null) is not <= 0
        || (Counted.Free > 0 && Networks.KeptForSomebodyInLine(e, seats))
        || (e.Mode() is VenueMode.Hybrid && seats.RemoteWaiting > 0);

    /// <summary>Somebody asks for a place.</summary>
    /// <param name="id">Of the registration.</param>
    /// <param name="wish">What is asked.</param>
    /// <param name="known">What is known of who asks.</param>
    /// <param name="byMail">The address has to be confirmed first.</param>
    public Result<Registration> Register(Guid id, Wish wish, Known known, bool byMail)
    {
        if (e.TakesNobody(now) is { } closed) return closed;
        if (e.Audience.Refuses(known.Member, Networks.Admit(e, wish.PartnerId), wish.Person.Organisation) is { } refusal) return refusal;
        if (!e.Choose(wish.Place).Succeeded(out var place, out var elsewhere)) return elsewhere;
        if (wish.Seats > e.Capacity && IsCounted(place)) return RegistrationErrors.GroupTooLarge;
        // Who is registered is said to staff, and to a partner of its own, and then first: to all others every other refusal comes before, so that none of them tells.
        if (known.IsRegistered && !byMail && !known.IsElsewhere) return RegistrationErrors.AlreadyRegistered;
        if (ExceedsShare(wish.Party, place, known.Share.Seats, wish.Seats)) return ShareRefusal(known.Share.Seats, wish.Seats);
        if (HasBegun && !CanSit(place, wish.Seats, wish.PartnerId)) return RegistrationErrors.Full;
        if (known.IsRegistered) return byMail ? RegistrationErrors.AlreadyRegistered : RegistrationErrors.NotTaken;

        var registration = Registration.Ask(id, e.Id, wish, place, known.PastPlaces, seats.Ask(now));
        _present.Add(id);
        if (byMail) Change(registration, isNew: true, r => r.Hold(CanSit(r.Place, r.Seats, r.PartnerId), now + settings.PendingHold, now));
        else Change(registration, isNew: true, r => SitOrWait(r, known));
        return registration;
    }

    /// <summary>What a stranger is shown who asks for a person that is registered: every step of a new one, and no seat.</summary>
    public Registration Pretend(Guid id, Wish wish)
    {
        var pretended = Registration.Ask(id, e.Id, wish, e.Choose(wish.Place).Succeeded(out var place, out _) ? place : default, 0, seats.Ask(now));
        pretended.Hold(seats: false, now + settings.PendingHold, now);
        return pretended;
    }

    /// <summary>The person has followed the link in the mail.</summary>
    public Result ConfirmAddress(Registration registration, Known known)
    {
        if (registration.Status is not RegistrationStatus.Pending) return RegistrationErrors.Over;
        if (registration.OfferExpiresAt <= now) return RegistrationErrors.OfferExpired;
        if (e.TakesNobody(now) is { } closed) return closed;
        if (IsOver) return RegistrationErrors.EventOver;

        // The event may have changed since the mail went.
        var place = e.Mode().Only() ?? registration.Place;
        if (HasBegun && !registration.SeatsHeld)
        {
            if (ExceedsShare(registration.Party, place, known.Share.Seats, registration.Seats)) return ShareRefusal(known.Share.Seats, registration.Seats);
            if (!CanSit(place, registration.Seats, registration.PartnerId)) return RegistrationErrors.Full;
        }

        _present.Add(registration.Id);
        Change(registration, isNew: false, r =>
        {
            r.Follow(e.Mode().Only(), now, begins: null);
            if (r.SeatsHeld) r.Confirm(now);
            else SitOrWait(r, known);
        });
        return Result.Done;
    }

    /// <summary>The person, or staff for them, gives it back. Once the event is over it is said who came, and nothing else.</summary>
    public Result Cancel(Registration registration) =>
        IsOver && registration.Status is RegistrationStatus.Pending or RegistrationStatus.Confirmed or RegistrationStatus.Waitlisted or RegistrationStatus.Offered
            ? RegistrationErrors.EventOver
            : Try(registration, r => r.Cancel(now));

    /// <summary>Its event does not take place. Who was checked in already has not come to anything, unless it had begun.</summary>
    public void CallOff(Registration registration)
    {
        if (registration.Status is RegistrationStatus.NoShow || (registration.Status is RegistrationStatus.Attended && HasBegun)) return;

        Change(registration, isNew: false, r => r.CallOff(now));
    }

    public Result Accept(Registration registration)
    {
        if (registration.Status is RegistrationStatus.Offered && e.TakesNobody(now) is { } closed) return closed;
        // Places are offered until it begins; the offer of an event that was moved forward may not know it yet.
        if (registration.Status is RegistrationStatus.Offered && HasBegun) return RegistrationErrors.OfferExpired;

        return Try(registration, r => r.Accept(now));
    }

    /// <summary>From the room to the link or back. Who has a link and finds no seat in the room keeps the link.</summary>
    public Result SwitchTo(Registration registration, Place place, Known known)
    {
        if (e.Status is EventStatus.Cancelled) return EventErrors.Cancelled;
        if (IsOver) return RegistrationErrors.EventOver;
        if (!e.Choose(place).Succeeded(out _, out var elsewhere)) return elsewhere;
        if (registration.Place == place) return Result.Done;
        // An event with one place leaves no choice: who has not followed it there yet does so now, and wins nothing by it.
        if (e.Mode() is not VenueMode.Hybrid)
        {
            if (registration.Status is RegistrationStatus.Confirmed or RegistrationStatus.Waitlisted or RegistrationStatus.Offered) Follow(registration);
            return Result.Done;
        }

        var hasSeat = MaySit(registration, place, known);
        return Try(registration, r => r.SwitchTo(place, hasSeat, now));
    }

    /// <summary>Somebody has come. Nobody has days before: a slip would be told as the truth, and tickets lie in mailboxes.</summary>
    public Result CheckIn(Registration registration) =>
        registration.Status is RegistrationStatus.Confirmed && !e.MayCheckIn(now) ? RegistrationErrors.CheckInTooEarly : Try(registration, r => r.CheckIn(now));

    /// <summary>Somebody was checked in by mistake. Once the list is closed it stands.</summary>
    public Result UndoCheckIn(Registration registration) =>
        registration.Status is not RegistrationStatus.Attended ? RegistrationErrors.NotCheckedIn
        : e.Status is EventStatus.Cancelled ? EventErrors.Cancelled
        : seats.ClosedAt is not null ? RegistrationErrors.AttendanceClosed
        : Try(registration, r => r.UndoCheckIn(now));

    public void Miss(Registration registration) => Change(registration, isNew: false, r => r.Miss(now));

    /// <summary>Nobody else comes to this event.</summary>
    public Result CloseAttendance()
    {
        if (seats.ClosedAt is not null) return RegistrationErrors.AttendanceClosed;
        if (e.Status is not EventStatus.Held && !(e.Status is EventStatus.Published && e.When is When.Scheduled s && s.EndsAt <= now)) return RegistrationErrors.NotYetOver;

        seats.Close(now);
        return Result.Done;
    }

    /// <summary>What was held for it is held no longer, when its time has come.</summary>
    public void RunOut(Registration registration)
    {
        if (registration.Status is not (RegistrationStatus.Pending or RegistrationStatus.Offered) || registration.OfferExpiresAt > now) return;

        if (registration.Status is RegistrationStatus.Offered) Decide(registration, DecisionKind.Expired, Reasons.OfferExpired(registration), 0);
        Change(registration, isNew: false, r => r.RunOut(now));
    }

    /// <summary>It waited until the event began, from when on no place is offered.</summary>
    public void EndWait(Registration registration, int rank, int of)
    {
        Decide(registration, DecisionKind.Expired, Reasons.EventBegan, rank, of);
        Change(registration, isNew: false, r => r.WaitInVain(now));
    }

    /// <summary>Staff put somebody elsewhere in the line, and say why.</summary>
    public void Move(Registration registration, string key, int rank, string because)
    {
        Change(registration, isNew: false, r => r.Move(key, because, now));
        Decide(registration, DecisionKind.Moved, Reasons.Moved(because), rank);
    }

    /// <summary>Its event has another time or place.</summary>
    public void Follow(Registration registration)
    {
        // Who has come to what has begun knows where and when.
        if (registration.Status is RegistrationStatus.Attended && HasBegun) return;

        Change(registration, isNew: false, r =>
        {
            r.Follow(e.Mode().Only(), now, (e.When as When.Scheduled)?.StartsAt);
            if (!e.MayCheckIn(now)) r.HasNotCome();
        });
    }

    /// <summary>
    /// Offers the free seats along the line. Who does not fit is passed over; that is a decision as soon as somebody behind gets a seat.
    /// </summary>
    /// <param name="line">Entries in their order.</param>
    /// <param name="firstRank">Which place in line the first of them has.</param>
    /// <param name="of">How many stood in line.</param>
    /// <param name="passedOver">Who was passed over so far; goes on in the next part of the line.</param>
    /// <param name="known">What is known of an entry's party.</param>
    /// <returns>True while there are seats for more.</returns>
    public bool Serve(IReadOnlyList<Registration> line, int firstRank, int of, List<(Registration Registration, int Rank, Reason Reason)> passedOver, Func<Registration, Known> known)
    {
        for (var i = 0; i < line.Count; i++)
        {
            if (!HasAny) return false;

            var (registration, rank) = (line[i], firstRank + i);
            if (Hinders(registration, known(registration)) is { } reason)
            {
                passedOver.Add((registration, rank, reason));
                continue;
            }

            foreach (var skipped in passedOver) Decide(skipped.Registration, DecisionKind.Skipped, skipped.Reason, skipped.Rank, of);
            passedOver.Clear();
            Decide(registration, DecisionKind.Offered, Reasons.NextInLine(registration), rank, of);
            Change(registration, isNew: false, r =>
            {
                if (_present.Contains(r.Id)) r.Confirm(now);
                else r.Offer(OfferUntil(), now);
            });
            if (IsCounted(registration.Place)) known(registration).Share.Seats += registration.Seats;
        }

        return HasAny;
    }

    /// <summary>Whether places there are counted: the link of a hybrid event has room for everybody.</summary>
    public bool IsCounted(Place place) => place is Place.OnSite || e.Mode() is not VenueMode.Hybrid;

    private void SitOrWait(Registration registration, Known known)
    {
        if (MaySit(registration, registration.Place, known)) registration.Confirm(now);
        else registration.Wait(Math.Min(known.PastPlaces, SeatPlan.MostPastPlaces), now);
    }

    private bool MaySit(Registration registration, Place place, Known known) =>
        CanSit(place, registration.Seats, registration.PartnerId) && !ExceedsShare(registration.Party, place, known.Share.Seats, registration.Seats);

    // Nobody walks past the line: while one waits, a free seat goes along it (Serve), and who has just asked stands in it too. Once the event has begun there is no line any more.
    private bool CanSit(Place place, int wanted, Guid? partnerId) => !IsCounted(place) || ((seats.InLine == 0 || HasBegun) && Has(wanted, partnerId));

    /// <summary>Whether so many find a seat that is counted, beside those that are kept for other networks.</summary>
    public bool Has(int wanted, Guid? partnerId = null) => FreeFor(partnerId) is not { } free || free >= wanted;

    private int? FreeFor(Guid? partnerId) => Counted.Free - Networks.Kept(e, seats, partnerId);

    private Reason? Hinders(Registration registration, Known known) =>
        e.Audience.Refuses(known.Member, Networks.Admit(e, registration.PartnerId), registration.Person.Organisation) is not null ? Reasons.NotInAudience
        : !IsCounted(registration.Place) ? null
        : Counted.Free is <= 0 ? Reasons.NoSeatOnSite
        : !Counted.Has(registration.Seats) ? Reasons.GroupNeedsMore(registration.Seats, Counted.Free!.Value)
        : !Has(registration.Seats, registration.PartnerId) ? Reasons.KeptForNetworks
        : ExceedsShare(registration.Party, registration.Place, known.Share.Seats, registration.Seats) ? Reasons.ShareTaken
        : null;

    private bool ExceedsShare(string party, Place place, int has, int wants) => IsCounted(place) && Parties.IsOrganisation(party) && has + wants > e.SeatsPerOrganisation;

    private ConflictError ShareRefusal(int has, int wants) => RegistrationErrors.OfShare(e.SeatsPerOrganisation!.Value, Math.Max(0, e.SeatsPerOrganisation!.Value - has), wants);

    private DateTimeOffset OfferUntil()
    {
        var until = WorkingHours.Add(now, settings.OfferHold);
        return e.When is When.Scheduled s && s.StartsAt < until ? s.StartsAt : until;
    }

    private void Decide(Registration registration, DecisionKind kind, Reason reason, int rank, int? of = null) =>
        Decisions.Add(Decision.Made(registration.Id, e.Id, kind, reason.Rule, rank, of ?? seats.InLine, reason.Text, now));

    private Result Try(Registration registration, Func<Registration, Result> verb)
    {
        var before = Before.Of(registration);
        var result = verb(registration);
        if (result.Succeeded(out _)) Count(registration, before);
        return result;
    }

    private void Change(Registration registration, bool isNew, Action<Registration> verb)
    {
        var before = Before.Of(registration);
        verb(registration);
        Count(registration, isNew ? before with { Status = null } : before);
    }

    private void Count(Registration registration, Before before)
    {
        seats.Follow(before, registration);
        if (!_changed.ContainsKey(registration.Id)) _changed[registration.Id] = new Changed(registration, before);
    }
}

/// <summary>What a registration was before this desk changed it.</summary>
/// <param name="Status">Null when there was none.</param>
/// <param name="Use">Of the seats.</param>
/// <param name="Place">Where.</param>
/// <param name="PastPlaces">With which it stood in line.</param>
/// <param name="Sequence">Of the person's calendar entry.</param>
/// <param name="IsMoved">Whether it stood in line where staff had put it.</param>
/// <param name="OfferExpiresAt">Until when something was set aside for it.</param>
internal sealed record Before(RegistrationStatus? Status, SeatUse Use, Place Place, int PastPlaces, int Sequence, bool IsMoved, DateTimeOffset? OfferExpiresAt)
{
    public static Before Of(Registration r) => new(r.Status, r.Use, r.Place, r.PastPlaces, r.Sequence, r.IsMoved, r.OfferExpiresAt);
}

/// <summary>A registration that this desk has changed.</summary>
internal sealed record Changed(Registration Registration, Before Before);

/// <summary>What is known of who asks.</summary>
/// <param name="Member">The member, if one is named.</param>
/// <param name="Partner">The partner network, if one is named.</param>
/// <param name="IsRegistered">Whether this person has a live registration for the event.</param>
/// <param name="PastPlaces">Places of its party this season.</param>
internal sealed record Known(Members.KnownMember? Member, Networks.KnownPartner? Partner, bool IsRegistered = false, int PastPlaces = 0)
{
    /// <summary>Seats of the event that its party has; one count for all who belong to it.</summary>
    public SharedCount Share { get; init; } = new();

    /// <summary>Whether a partner asks, and that registration is none of its own: it is not told of it.</summary>
    public bool IsElsewhere { get; init; }
}

/// <summary>Seats, taken or held, of one party.</summary>
internal sealed class SharedCount
{
    public int Seats { get; set; }
}
