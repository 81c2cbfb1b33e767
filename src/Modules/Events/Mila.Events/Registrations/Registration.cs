using System.Text.Json.Serialization;
using Mila.Events.Waiting;

namespace Mila.Events.Registrations;

/// <summary>
/// A person's place at an event, or the wish for one. Whoever changes it holds the row lock of its event. What it has not is not written: PostgreSQL reads and sorts
/// each member of a document that it stores, and many are stored at once.
/// </summary>
internal sealed class Registration : IDocument
{
    /// <summary>The most places that one registration asks for.</summary>
    public const int MaxSeats = 20;

    [JsonConstructor]
    private Registration(
        Guid id, Guid eventId, Person person, Guid? memberId, Guid? partnerId, int seats, Place place, string party, RegistrationStatus status, bool seatsHeld, DateTimeOffset askedAt, int pastPlaces,
        string? line, string? movedBecause, int offers, DateTimeOffset? offerExpiresAt, int sequence, int revision, DateTimeOffset updatedAt)
    {
        (Id, EventId, Person, MemberId, PartnerId, Seats, Place, Party, Status, SeatsHeld) = (id, eventId, person, memberId, partnerId, seats, place, party, status, seatsHeld);
        (AskedAt, PastPlaces, Line, MovedBecause, Offers, OfferExpiresAt) = (askedAt, pastPlaces, line, movedBecause, offers, offerExpiresAt);
        (Sequence, Revision, UpdatedAt) = (sequence, revision, updatedAt);
    }

    public Guid Id { get; }

    public Guid EventId { get; }

    [JsonIgnore]
    public Guid Version { get; set; }

    public Person Person { get; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Guid? MemberId { get; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Guid? PartnerId { get; }

    /// <summary>How many places it asks for: all or none.</summary>
    public int Seats { get; }

    /// <summary>In the room or at the end of a link; at a hybrid event it can change.</summary>
    public Place Place { get; private set; }

    /// <summary>For whom seats and past places are counted: the member, else the organisation, else the person.</summary>
    public string Party { get; }

    public RegistrationStatus Status { get; private set; }

    /// <summary>Whether a pending one has its seats set aside; when the event was full it has none.</summary>
    public bool SeatsHeld { get; private set; }

    public DateTimeOffset AskedAt { get; }

    /// <summary>Places that its party had this season when it came into the line.</summary>
    public int PastPlaces { get; private set; }

    /// <summary>Where it stands in the waiting line: a text to sort by (<see cref="LineKey"/>); null when it does not wait.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Line { get; private set; }

    /// <summary>Why staff moved it in the line.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? MovedBecause { get; private set; }

    /// <summary>Whether it stands where staff put it.</summary>
    [JsonIgnore]
    public bool IsMoved => Line is not null && MovedBecause is not null;

    /// <summary>How many offers it had: a link answers its own offer and no later one.</summary>
    public int Offers { get; private set; }

    /// <summary>Until when an offer holds, or the seats of a pending one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? OfferExpiresAt { get; private set; }

    /// <summary>Grows with each letter that says something else of the person's calendar: iCalendar's SEQUENCE.</summary>
    public int Sequence { get; private set; }

    public int Revision { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    /// <summary>One live registration per person and event: a unique index, and null once it is over.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? LiveKey => Status.IsLive() ? LiveKeyOf(EventId, Person.Email) : null;

    /// <summary>The same of one that ran out, by which those of a person and event are found.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ExpiredKey => Status is RegistrationStatus.Expired ? LiveKeyOf(EventId, Person.Email) : null;

    /// <summary>What it does to the seats of its event.</summary>
    [JsonIgnore]
    public SeatUse Use => Status switch
    {
        RegistrationStatus.Pending => SeatsHeld ? SeatUse.Held : SeatUse.None,
        RegistrationStatus.Offered => SeatUse.Held,
        RegistrationStatus.Confirmed or RegistrationStatus.Attended or RegistrationStatus.NoShow => SeatUse.Taken,
        RegistrationStatus.Waitlisted => SeatUse.Waiting,
        _ => SeatUse.None,
    };

    public static string LiveKeyOf(Guid eventId, string email) => $"{eventId:N} {email.Trim().ToLowerInvariant()}";

    /// <summary>Somebody asks. It has no seat yet.</summary>
    public static Registration Ask(Guid id, Guid eventId, Wish wish, Place place, int pastPlaces, DateTimeOffset askedAt) => new(
        id, eventId, wish.Person, wish.MemberId, wish.PartnerId, wish.Seats, place, wish.Party, RegistrationStatus.Pending, seatsHeld: false, askedAt, pastPlaces, line: null, movedBecause: null, offers: 0,
        offerExpiresAt: null, sequence: 0, revision: 0, askedAt);

    /// <summary>The address has to be confirmed first; meanwhile the seats are set aside, where there are any.</summary>
    public void Hold(bool seats, DateTimeOffset until, DateTimeOffset now)
    {
        (SeatsHeld, OfferExpiresAt) = (seats, until);
        Become(RegistrationStatus.Pending, now);
    }

    public void Confirm(DateTimeOffset now)
    {
        Leave();
        Become(RegistrationStatus.Confirmed, now);
    }

    /// <summary>Into the line: after those with fewer past places, then by the time of asking.</summary>
    public void Wait(int pastPlaces, DateTimeOffset now)
    {
        Leave();
        (PastPlaces, MovedBecause) = (pastPlaces, null);
        Line = LineKey.Of(EventId, pastPlaces, AskedAt, Id);
        Become(RegistrationStatus.Waitlisted, now);
    }

    public void Offer(DateTimeOffset until, DateTimeOffset now)
    {
        Leave();
        OfferExpiresAt = until;
        Offers++;
        Become(RegistrationStatus.Offered, now);
    }

    /// <summary>Give the place back, or the wish up. An offer that is not wanted is declined.</summary>
    public Result Cancel(DateTimeOffset now)
    {
        if (!Status.IsLive()) return RegistrationErrors.Over;
        if (Status is RegistrationStatus.Attended or RegistrationStatus.NoShow) return RegistrationErrors.AfterTheEvent;

        var declined = Status is RegistrationStatus.Offered;
        Leave();
        Become(declined ? RegistrationStatus.Declined : RegistrationStatus.Cancelled, now);
        return Result.Done;
    }

    /// <summary>Its event does not take place.</summary>
    public void CallOff(DateTimeOffset now)
    {
        Leave();
        Become(RegistrationStatus.Cancelled, now);
    }

    public Result Accept(DateTimeOffset now)
    {
        if (Status is not RegistrationStatus.Offered) return RegistrationErrors.NotOffered;
        if (OfferExpiresAt <= now) return RegistrationErrors.OfferExpired;

        Confirm(now);
        return Result.Done;
    }

    /// <summary>What was held for it, pending or offered, is held no longer when its time has come. False when it has not.</summary>
    public bool RunOut(DateTimeOffset now)
    {
        if (Status is not (RegistrationStatus.Pending or RegistrationStatus.Offered) || OfferExpiresAt > now) return false;

        Leave();
        Become(RegistrationStatus.Expired, now);
        return true;
    }

    /// <summary>It waits, and the event has begun.</summary>
    public void WaitInVain(DateTimeOffset now)
    {
        Leave();
        Become(RegistrationStatus.Expired, now);
    }

    public Result CheckIn(DateTimeOffset now)
    {
        if (Status is RegistrationStatus.Attended) return RegistrationErrors.CheckedIn;
        if (Status is not (RegistrationStatus.Confirmed or RegistrationStatus.NoShow)) return RegistrationErrors.NotConfirmed;

        Become(RegistrationStatus.Attended, now);
        return Result.Done;
    }

    /// <summary>Who was checked in has not come yet. No letter speaks of it, and the person's calendar says the same as before.</summary>
    public Result UndoCheckIn(DateTimeOffset now)
    {
        if (Status is not RegistrationStatus.Attended) return RegistrationErrors.NotCheckedIn;

        Status = RegistrationStatus.Confirmed;
        Touch(now);
        return Result.Done;
    }

    /// <summary>It had a place and nobody came.</summary>
    public void Miss(DateTimeOffset now) => Become(RegistrationStatus.NoShow, now);

    /// <summary>Staff put it elsewhere in the line.</summary>
    public void Move(string line, string because, DateTimeOffset now)
    {
        (Line, MovedBecause) = (line, because);
        Touch(now);
    }

    /// <summary>From the room to the link or back. Who waited for a seat or was offered one has a place by that.</summary>
    /// <param name="place">Where to.</param>
    /// <param name="hasSeat">Whether there is one for it.</param>
    /// <param name="now">When.</param>
    public Result SwitchTo(Place place, bool hasSeat, DateTimeOffset now)
    {
        if (!Status.IsLive()) return RegistrationErrors.Over;
        if (Status is RegistrationStatus.Attended or RegistrationStatus.NoShow) return RegistrationErrors.AfterTheEvent;
        if (Status is RegistrationStatus.Pending) return RegistrationErrors.NotConfirmed;
        if (!hasSeat) return RegistrationErrors.NoSeatOnSite;

        Place = place;
        Confirm(now);
        return Result.Done;
    }

    /// <summary>Its event has another time or place: the person's calendar has to learn it. An offer holds until the event begins at the longest.</summary>
    /// <param name="only">The one place that the event has; null where people choose.</param>
    /// <param name="now">When.</param>
    /// <param name="begins">When the event begins, where that is said.</param>
    public void Follow(Place? only, DateTimeOffset now, DateTimeOffset? begins)
    {
        Place = only ?? Place;
        if (Status is RegistrationStatus.Offered && begins < OfferExpiresAt) OfferExpiresAt = begins;
        Sequence++;
        Touch(now);
    }

    /// <summary>Whoever was checked in is expected again: nobody can have come yet.</summary>
    public void HasNotCome()
    {
        if (Status is RegistrationStatus.Attended) Status = RegistrationStatus.Confirmed;
    }

    private void Leave() => (Line, OfferExpiresAt, SeatsHeld) = (null, null, false);

    private void Become(RegistrationStatus status, DateTimeOffset now)
    {
        Status = status;
        Sequence++;
        Touch(now);
    }

    private void Touch(DateTimeOffset now)
    {
        Revision++;
        UpdatedAt = now;
    }
}

/// <summary>Who comes.</summary>
/// <param name="Name">As on the list at the door.</param>
/// <param name="Email">As typed; compared without its case.</param>
/// <param name="Organisation">For whom.</param>
/// <param name="Language"><c>fr</c> or <c>en</c>: of the mails.</param>
internal sealed record Person(string Name, string Email, string? Organisation, string Language);

/// <summary>What somebody asks for.</summary>
/// <param name="Person">Who comes.</param>
/// <param name="MemberId">The member, if one is named.</param>
/// <param name="PartnerId">The partner network, if one is named.</param>
/// <param name="Seats">How many places.</param>
/// <param name="Party">For whom they are counted.</param>
/// <param name="Place">In the room or at the end of a link; null leaves it to the event.</param>
internal sealed record Wish(Person Person, Guid? MemberId, Guid? PartnerId, int Seats, string Party, Place? Place = null);

/// <summary>What a registration does to the seats of its event.</summary>
internal enum SeatUse
{
    None,

    /// <summary>Set aside: pending or offered.</summary>
    Held,

    Taken,

    /// <summary>None yet, but in line for them.</summary>
    Waiting,
}

/// <summary>How far a registration has come.</summary>
internal enum RegistrationStatus
{
    /// <summary>The person has to follow the link in the mail first.</summary>
    Pending,

    /// <summary>Has a place.</summary>
    Confirmed,

    /// <summary>Waits for a place.</summary>
    Waitlisted,

    /// <summary>A place is held for it until <c>offerExpiresAt</c>.</summary>
    Offered,

    /// <summary>Did not want the place that was offered.</summary>
    Declined,

    /// <summary>Did not answer in time, or waited until the event began.</summary>
    Expired,

    /// <summary>Given back, or the event was called off.</summary>
    Cancelled,

    /// <summary>Came.</summary>
    Attended,

    /// <summary>Had a place and did not come.</summary>
    NoShow,
}

internal static class RegistrationStatuses
{
    /// <summary>True for those of which a person has one at most per event.</summary>
    public static bool IsLive(this RegistrationStatus status) => status is not (RegistrationStatus.Declined or RegistrationStatus.Expired or RegistrationStatus.Cancelled);
}
