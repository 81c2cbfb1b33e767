using System.Text.Json.Serialization;
using Mila.BuildingBlocks.Time;
using Mila.Coaching.Contracts;
using Mila.Events.Contracts;
using Mila.Hosting.Contracts;

namespace Mila.Partners.Evidence;

/// <summary>
/// One thing that was done, as its module told of it: an event, a lease, an appointment, works. Numbers and companies, no person. A correction replaces what was told before,
/// what did not take place stays as withdrawn, and what is told twice or late changes nothing.
/// </summary>
internal sealed class EvidenceEntry : IDocument
{
    private static readonly TimeSpan s_longestDay = TimeSpan.FromHours(12);

    [JsonConstructor]
    private EvidenceEntry(
        Guid id, EvidenceKind kind, string? programme, string? service, string? spaceKind, DateOnly startsOn, DateOnly endsOn, int minutes, int? attended, int? noShow, int? organisations,
        IReadOnlyList<Guid> memberIds, bool withdrawn, int revision, int countRevision, DateTimeOffset toldAt, DateTimeOffset updatedAt)
    {
        (Id, Kind, Programme, Service, SpaceKind, StartsOn, EndsOn, Minutes) = (id, kind, programme, service, spaceKind, startsOn, endsOn, minutes);
        (Attended, NoShow, Organisations, MemberIds, Withdrawn) = (attended, noShow, organisations, memberIds, withdrawn);
        (Revision, CountRevision, ToldAt, UpdatedAt) = (revision, countRevision, toldAt, updatedAt);
    }

    /// <summary>Of the thing itself: the event, the lease.</summary>
    public Guid Id { get; }

    [JsonIgnore]
    public Guid Version { get; set; }

    public EvidenceKind Kind { get; }

    /// <summary>Of an event.</summary>
    public string? Programme { get; private set; }

    /// <summary>Of an appointment.</summary>
    public string? Service { get; private set; }

    /// <summary>Of a lease or of works.</summary>
    public string? SpaceKind { get; private set; }

    public DateOnly StartsOn { get; private set; }

    /// <summary>Last day, included.</summary>
    public DateOnly EndsOn { get; private set; }

    /// <summary>How long it took, whoever came, as <see cref="MinutesOf"/> counts it: hours are sums of these. 0 for what is not counted in hours.</summary>
    public int Minutes { get; private set; }

    /// <summary>Places of those who came; null while nobody has counted.</summary>
    public int? Attended { get; private set; }

    public int? NoShow { get; private set; }

    /// <summary>Companies that came, members and others; null while nobody has counted.</summary>
    public int? Organisations { get; private set; }

    /// <summary>The members that it was for.</summary>
    public IReadOnlyList<Guid> MemberIds { get; private set; }

    /// <summary>It did not take place after all.</summary>
    public bool Withdrawn { get; private set; }

    /// <summary>Of the thing when it was told last.</summary>
    public int Revision { get; private set; }

    /// <summary>Of the attendance when it was told last.</summary>
    public int CountRevision { get; private set; }

    /// <summary>When the newest notification was made.</summary>
    public DateTimeOffset ToldAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    public static EvidenceEntry Event(Guid eventId) => Blank(eventId, EvidenceKind.Event);

    public static EvidenceEntry Lease(Guid leaseId) => Blank(leaseId, EvidenceKind.Lease);

    public static EvidenceEntry Appointment(Guid appointmentId) => Blank(appointmentId, EvidenceKind.Appointment);

    public static EvidenceEntry Works(Guid worksId) => Blank(worksId, EvidenceKind.Works);

    public void Held(EventHeld e)
    {
        if (e.Revision <= Revision) return;

        (Programme, Withdrawn, Revision) = (e.Programme, false, e.Revision);
        Took(e.StartsAt, e.EndsAt, e.At);
    }

    public void Reads(EventChanged e)
    {
        if (e.Revision <= Revision) return;

        (Programme, Revision) = (e.Programme, e.Revision);
        Touch(e.At);
    }

    public void CalledOff(EventCancelled e)
    {
        if (e.Revision <= Revision) return;

        (Withdrawn, Revision) = (true, e.Revision);
        Touch(e.At);
    }

    public void Counted(AttendanceCounted a)
    {
        if (a.Revision <= CountRevision) return;

        (Attended, NoShow, Organisations, MemberIds, CountRevision) = (a.Attended, a.NoShow, a.Organisations, a.MemberIds, a.Revision);
        Programme ??= a.Programme;
        if (Revision == 0) Took(a.StartsAt, a.EndsAt, a.At);
        else Touch(a.At);
    }

    public void Runs(Guid memberId, string spaceKind, DateOnly startsOn, DateOnly endsOn, DateTimeOffset at)
    {
        (StartsOn, SpaceKind, MemberIds) = (startsOn, spaceKind, [memberId]);
        if (at >= ToldAt) EndsOn = endsOn;
        Settle(at);
    }

    public void Ended(Guid memberId, string spaceKind, DateOnly endedOn, DateTimeOffset at)
    {
        if (at < ToldAt) return;

        (SpaceKind, MemberIds, EndsOn) = (spaceKind, [memberId], endedOn);
        if (StartsOn == default) StartsOn = endedOn;
        Settle(at);
    }

    /// <summary>One member came, for so many minutes.</summary>
    public void Completed(AppointmentCompleted a)
    {
        if (a.Revision <= Revision) return;

        (Service, MemberIds, Attended, NoShow, Organisations, Revision) = (a.Service, [a.MemberId], 1, 0, 1, a.Revision);
        StartsOn = EndsOn = ParisTime.DateOf(a.StartsAt);
        Minutes = a.Minutes;
        Touch(a.At);
    }

    public void Completed(WorksCompleted w)
    {
        if (w.Revision <= Revision) return;

        (SpaceKind, MemberIds, Revision) = (w.SpaceKind, w.MemberId is { } member ? [member] : [], w.Revision);
        StartsOn = EndsOn = w.CompletedOn;
        Touch(w.At);
    }

    /// <summary>Whether it counts in these days: a lease in all that it touches, everything else where it began, so that a night over New Year counts once.</summary>
    public bool Within(DateOnly from, DateOnly to) => StartsOn <= to && (Kind is EvidenceKind.Lease ? EndsOn : StartsOn) >= from;

    /// <summary>
    /// The minutes that something took. What lies on one day in Paris, or goes through one midnight for 12 hours at most, took as long as it lasted. What lasts several days takes, on each of
    /// them, the time from the hour at which it begins to the hour at which it ends, 12 hours at most: a stand from Wednesday at 10 to Friday at 18 took 24 hours, not 56. Nobody reports nights.
    /// </summary>
    internal static int MinutesOf(DateTimeOffset startsAt, DateTimeOffset endsAt)
    {
        var (start, end) = (ParisTime.Shown(startsAt).DateTime, ParisTime.Shown(endsAt).DateTime);
        var nights = (end.Date - start.Date).Days;
        if (nights == 0 || (nights == 1 && endsAt - startsAt <= s_longestDay)) return (int)(endsAt - startsAt).TotalMinutes;

        // Until after midnight each time, where the hour of its end is before that of its beginning: then there is a day less.
        var daily = end.TimeOfDay - start.TimeOfDay;
        var (time, days) = daily > TimeSpan.Zero ? (daily, nights + 1) : (daily + TimeSpan.FromDays(1), nights);
        return (int)(days * (time < s_longestDay ? time : s_longestDay).TotalMinutes);
    }

    private static EvidenceEntry Blank(Guid id, EvidenceKind kind) => new(id, kind, null, null, null, default, default, 0, null, null, null, [], withdrawn: false, 0, 0, default, default);

    private void Took(DateTimeOffset startsAt, DateTimeOffset endsAt, DateTimeOffset at)
    {
        (StartsOn, EndsOn, Minutes) = (ParisTime.DateOf(startsAt), ParisTime.DateOf(endsAt), MinutesOf(startsAt, endsAt));
        Touch(at);
    }

    // A lease that ended before it began never put a space at anybody's disposal.
    private void Settle(DateTimeOffset at)
    {
        Withdrawn = EndsOn < StartsOn;
        Touch(at);
    }

    private void Touch(DateTimeOffset at) => (ToldAt, UpdatedAt) = (at > ToldAt ? at : ToldAt, at > UpdatedAt ? at : UpdatedAt);
}

/// <summary>What kind of thing was done.</summary>
internal enum EvidenceKind
{
    /// <summary>A gathering that took place.</summary>
    Event,

    /// <summary>A space at a member's disposal.</summary>
    Lease,

    /// <summary>A coaching appointment that was completed.</summary>
    Appointment,

    /// <summary>Works in a space that were completed.</summary>
    Works,
}
