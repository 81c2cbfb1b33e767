using System.Text.Json.Serialization;
using Mila.BuildingBlocks.Import;
using Mila.BuildingBlocks.Values;
using Mila.Events.Registrations;

namespace Mila.Events.Agenda;

/// <summary>One gathering, planned or held.</summary>
internal sealed class Event : IDocument
{
    /// <summary>The longest event, in days: a festival, a fair, a month of exhibitions.</summary>
    public const int MaxDays = 31;

    [JsonConstructor]
    private Event(
        Guid id, string slug, string programme, EventTexts texts, EventStatus status, When when, Venue? venue, Audience audience, int? capacity, int? seatsPerOrganisation,
        IReadOnlyList<string> coHosts, IReadOnlyList<Speaker> speakers, IReadOnlyList<string> tags, Cancellation? cancellation, int revision, int sequence, DateTimeOffset updatedAt,
        DateTimeOffset? publishedAt, DateTimeOffset? previousStartsAt, EventImage? image, string? replayUrl, ImportMark? import, Guid? seriesId = null)
    {
        (Id, Slug, Programme, Texts, Status, When, Venue, Audience) = (id, slug, programme, texts, status, when, venue, audience);
        (Capacity, SeatsPerOrganisation, CoHosts, Speakers, Tags) = (capacity, seatsPerOrganisation, coHosts, speakers, tags);
        (Cancellation, Revision, Sequence, UpdatedAt, PublishedAt, Import) = (cancellation, revision, sequence, updatedAt, publishedAt, import);
        (PreviousStartsAt, Image, ReplayUrl, SeriesId) = (previousStartsAt, image, replayUrl, seriesId);
    }

    public Guid Id { get; }

    [JsonIgnore]
    public Guid Version { get; set; }

    /// <summary>Its address in the agenda; never changes, because links to it do not.</summary>
    public string Slug { get; }

    public string Programme { get; private set; }

    public EventTexts Texts { get; private set; }

    public EventStatus Status { get; private set; }

    public When When { get; private set; }

    public Venue? Venue { get; private set; }

    public Audience Audience { get; private set; }

    public int? Capacity { get; private set; }

    public int? SeatsPerOrganisation { get; private set; }

    public IReadOnlyList<string> CoHosts { get; private set; }

    public IReadOnlyList<Speaker> Speakers { get; private set; }

    public IReadOnlyList<string> Tags { get; private set; }

    public Cancellation? Cancellation { get; private set; }

    /// <summary>Grows with each change: the <c>version</c> of webhooks.</summary>
    public int Revision { get; private set; }

    /// <summary>Grows each time a published event moves, is cancelled or is taken out of the agenda: iCalendar's SEQUENCE (RFC 5545 section 3.8.7.4).</summary>
    public int Sequence { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    public DateTimeOffset? PublishedAt { get; private set; }

    /// <summary>The start that the public knew before it was moved last (schema.org's <c>previousStartDate</c>).</summary>
    public DateTimeOffset? PreviousStartsAt { get; private set; }

    public EventImage? Image { get; private set; }

    /// <summary>Where its recording stands; <see cref="PublicReplayUrl"/> says whether anybody may know.</summary>
    public string? ReplayUrl { get; private set; }

    /// <summary>The same, as long as everybody who speaks in it agrees to have been filmed.</summary>
    [JsonIgnore]
    public string? PublicReplayUrl => MayBeShown(Speakers) ? ReplayUrl : null;

    /// <summary>The file item it was planned from, if any.</summary>
    public ImportMark? Import { get; set; }

    /// <summary>The series that it was planned with; each event of it goes its own way from then on.</summary>
    public Guid? SeriesId { get; }

    /// <summary>Those of its co-hosts that may be partners, by their codes; the others are names.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> PartnerCodes => [.. CoHosts.Where(Shapes.IsCode)];

    /// <summary>What lists sort by: the start, or the month before the days of that month; undated events come last.</summary>
    public string SortKey => When.SortKey;

    public static Result<Event> Plan(Guid id, string slug, EventPlan plan, DateTimeOffset now, Guid? seriesId = null)
    {
        if (!plan.When().Succeeded(out var when, out var refusal)) return refusal;
        if (plan.Status is not (EventStatus.Tentative or EventStatus.Planned)) return EventErrors.StatusByAction.At("/status");

        return new Event(id, slug, plan.Programme, plan.Texts, plan.Status, when, plan.Venue, plan.Audience, plan.Capacity, plan.SeatsPerOrganisation,
            plan.CoHosts, Speaker.Dated(plan.Speakers, [], now), plan.Tags, cancellation: null, revision: 1, sequence: 0, updatedAt: now, publishedAt: null, previousStartsAt: null, plan.Image, replayUrl: null, import: null, seriesId);
    }

    /// <summary>Plan it anew. Says what changed, so that those who know the old plan can be told.</summary>
    /// <param name="plan">What staff decide.</param>
    /// <param name="now">When.</param>
    /// <param name="seats">Its seats, where somebody may have one: nobody is sent away by a smaller capacity, or by a link that is no more.</param>
    public Result<EventChange> Replan(EventPlan plan, DateTimeOffset now, SeatPlan? seats = null)
    {
        if (Status is EventStatus.Cancelled) return EventErrors.Cancelled;
        if (!plan.When().Succeeded(out var when, out var refusal)) return refusal;
        if (Status is EventStatus.Held && when != When) return EventErrors.Held;
        if (plan.Status != Status && (Status is not (EventStatus.Tentative or EventStatus.Planned) || plan.Status is not (EventStatus.Tentative or EventStatus.Planned))) return EventErrors.StatusByAction.At("/status");
        if (Status is EventStatus.Published && when is When.Undated) return EventErrors.Undated;
        if (Status is EventStatus.Held && !Speaker.AllStand(plan.Speakers, Speakers)) return EventErrors.SpeakersStand;
        // Who came is counted: nobody could come to another day of it.
        if (seats?.ClosedAt is not null && when != When) return EventErrors.ListClosed;
        if (plan.Capacity < seats?.At(plan.Venue.Mode(), plan.Capacity).InUse && (plan.Capacity != Capacity || plan.Venue?.Mode != Venue?.Mode)) return EventErrors.SeatsInUse;

        plan = plan with { Speakers = Speaker.Dated(plan.Speakers, Speakers, now) };
        var change = new EventChange(When, Changed(plan, when), Whereabouts.Of(plan.Venue) != Whereabouts.Of(Venue));
        if (change.Fields.Count == 0) return change;

        if (Status is EventStatus.Published && (change.Moves(when) || change.MovesElsewhere)) Sequence++;
        if (Status is EventStatus.Published && When is When.Scheduled before && before.StartsAt != (when as When.Scheduled)?.StartsAt) PreviousStartsAt = before.StartsAt;
        // A day that is taken back and then confirmed is no move.
        if (PreviousStartsAt == (when as When.Scheduled)?.StartsAt) PreviousStartsAt = null;

        (Programme, Texts, Status, When, Venue, Audience) = (plan.Programme, plan.Texts, plan.Status, when, plan.Venue, plan.Audience);
        (Capacity, SeatsPerOrganisation, CoHosts, Speakers, Tags, Image) = (plan.Capacity, plan.SeatsPerOrganisation, plan.CoHosts, plan.Speakers, plan.Tags, plan.Image);
        if (!MayBeShown(Speakers)) ReplayUrl = null;
        Touch(now);
        return change;
    }

    public Result Publish(DateTimeOffset now)
    {
        if (Status is EventStatus.Published) return EventErrors.AlreadyPublished;
        if (Status is EventStatus.Cancelled) return EventErrors.Cancelled;
        if (Status is EventStatus.Held) return EventErrors.Held;
        if (When is When.Undated) return EventErrors.Undated;

        Status = EventStatus.Published;
        PublishedAt = now;
        Touch(now);
        return Result.Done;
    }

    /// <summary>Take it out of the agenda, as if it had never been there. Its sequence goes on, so that a calendar which kept the entry believes the one that comes back, whatever day that has.</summary>
    /// <param name="registered">Seats and wishes of people who would not learn of it.</param>
    /// <param name="now">When.</param>
    public Result Unpublish(int registered, DateTimeOffset now)
    {
        if (Status is EventStatus.Cancelled) return EventErrors.Cancelled;
        if (Status is EventStatus.Held) return EventErrors.Held;
        if (Status is not EventStatus.Published) return EventErrors.NotPublished;
        if (registered > 0) return EventErrors.PeopleRegistered;

        Status = EventStatus.Planned;
        (PublishedAt, PreviousStartsAt) = (null, null);
        Sequence++;
        Touch(now);
        return Result.Done;
    }

    /// <summary>Call it off. True when it was published, so that the public has to learn of it.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="now">When.</param>
    /// <param name="seats">Its seats, where somebody may have one: once it is counted who came it has taken place.</param>
    public Result<bool> Cancel(LocalizedText reason, DateTimeOffset now, SeatPlan? seats = null)
    {
        if (Status is EventStatus.Cancelled) return EventErrors.Cancelled;
        if (Status is EventStatus.Held) return EventErrors.Held;
        if (seats?.ClosedAt is not null) return EventErrors.TookPlace;

        var wasPublished = Status is EventStatus.Published;
        Status = EventStatus.Cancelled;
        Cancellation = new Cancellation(reason, now);
        Sequence++;
        Touch(now);
        return wasPublished;
    }

    public Result<When.Scheduled> Hold(DateTimeOffset now)
    {
        if (Status is EventStatus.Held) return EventErrors.Held;
        if (Status is EventStatus.Cancelled) return EventErrors.Cancelled;
        if (Status is not EventStatus.Published || When is not When.Scheduled scheduled) return EventErrors.NotPublished;
        if (scheduled.StartsAt > now) return EventErrors.NotStarted;

        Status = EventStatus.Held;
        Touch(now);
        return scheduled;
    }

    /// <summary>Show where its recording stands. Every speaker agrees first; one that withdraws later takes it down.</summary>
    public Result LinkReplay(string url, DateTimeOffset now)
    {
        if (Status is not EventStatus.Held) return EventErrors.NotHeld;
        if (Speakers.Count == 0) return EventErrors.NobodySpeaks;
        if (!MayBeShown(Speakers)) return EventErrors.SpeakerNotFilmed;

        ReplayUrl = url;
        Touch(now);
        return Result.Done;
    }

    /// <summary>Show no recording any more, whoever agreed to it.</summary>
    public Result UnlinkReplay(DateTimeOffset now)
    {
        if (ReplayUrl is null) return EventErrors.NoReplay;

        ReplayUrl = null;
        Touch(now);
        return Result.Done;
    }

    // A list without anybody says that nobody was asked.
    private static bool MayBeShown(IReadOnlyList<Speaker> speakers) => speakers.Count > 0 && speakers.All(s => s.MayBeFilmed);

    private void Touch(DateTimeOffset now)
    {
        Revision++;
        UpdatedAt = now;
    }

    private List<string> Changed(EventPlan plan, When when)
    {
        var fields = new List<string>();
        if (plan.Programme != Programme) fields.Add("programme");
        if (plan.Texts.Title != Texts.Title) fields.Add("title");
        if (plan.Texts.Summary != Texts.Summary) fields.Add("summary");
        if (plan.Status != Status) fields.Add("status");
        if (when != When) fields.AddRange(when is When.Scheduled || When is When.Scheduled ? ["startsAt", "endsAt"] : ["month"]);
        if (plan.Venue != Venue) fields.Add("venue");
        if (plan.Audience != Audience) fields.Add("audience");
        if (plan.Capacity != Capacity) fields.Add("capacity");
        if (plan.SeatsPerOrganisation != SeatsPerOrganisation) fields.Add("seatsPerOrganisation");
        if (!plan.CoHosts.SequenceEqual(CoHosts, StringComparer.Ordinal)) fields.Add("coHosts");
        if (!plan.Speakers.SequenceEqual(Speakers)) fields.Add("speakers");
        if (ReplayUrl is not null && !MayBeShown(plan.Speakers)) fields.Add("replayUrl");
        if (!plan.Tags.SequenceEqual(Tags, StringComparer.Ordinal)) fields.Add("tags");
        if (plan.Image != Image) fields.Add("image");
        return fields;
    }
}

/// <summary>What a change of plan did.</summary>
/// <param name="Before">The time that people knew.</param>
/// <param name="Fields">Members of the event that changed, by their names in the API.</param>
/// <param name="MovesElsewhere">Whether people read another place, or join by another link: not for a room of MILA's beside the same name.</param>
internal sealed record EventChange(When Before, IReadOnlyList<string> Fields, bool MovesElsewhere)
{
    public bool Moves(When now) => now != Before;
}
