using System.Text.Json.Serialization;
using Mila.BuildingBlocks.Values;

namespace Mila.Events.Calls;

/// <summary>
/// An open call for artists, ending in a selection of exactly N. Whoever changes it, a submission to it, a review or its selection holds its row lock.
/// </summary>
internal sealed class Call : IDocument
{
    /// <summary>The most reviewers of one call.</summary>
    public const int MostReviewers = 50;

    [JsonConstructor]
    private Call(
        Guid id, string slug, CallPlan plan, CallStatus status, IReadOnlyList<Reviewer> reviewers, LocalizedText? cancellation, DateTimeOffset? publishedAt, DateTimeOffset? endedAt, int revision,
        DateTimeOffset updatedAt)
    {
        (Id, Slug, Plan, Status, Reviewers) = (id, slug, plan, status, reviewers);
        (Cancellation, PublishedAt, EndedAt, Revision, UpdatedAt) = (cancellation, publishedAt, endedAt, revision, updatedAt);
    }

    public Guid Id { get; }

    [JsonIgnore]
    public Guid Version { get; set; }

    /// <summary>Its address under <c>/calls</c>; never changes.</summary>
    public string Slug { get; }

    public CallPlan Plan { get; private set; }

    /// <summary>How far it has come; opening and closing follow their instants within moments, <see cref="StatusAt"/> exactly.</summary>
    public CallStatus Status { get; private set; }

    public IReadOnlyList<Reviewer> Reviewers { get; private set; }

    /// <summary>Why it was called off.</summary>
    public LocalizedText? Cancellation { get; private set; }

    /// <summary>Since when anybody may know of it.</summary>
    public DateTimeOffset? PublishedAt { get; private set; }

    /// <summary>When it was announced or called off.</summary>
    public DateTimeOffset? EndedAt { get; private set; }

    public int Revision { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    public static Result<Call> Draw(Guid id, string slug, CallPlan plan, DateTimeOffset now) =>
        plan.ClosesAt <= plan.OpensAt
            ? CallErrors.ClosesBeforeOpening.At("/closesAt")
            : new Call(id, slug, plan, CallStatus.Draft, reviewers: [], cancellation: null, publishedAt: null, endedAt: null, revision: 1, updatedAt: now);

    /// <summary>The status at an instant: what is due has happened.</summary>
    public CallStatus StatusAt(DateTimeOffset now) => Status is CallStatus.Scheduled or CallStatus.Open
        ? now < Plan.OpensAt ? CallStatus.Scheduled : now < Plan.ClosesAt ? CallStatus.Open : CallStatus.Closed
        : Status;

    /// <summary>What the public may know: nobody outside learns that a selection was made before it is announced.</summary>
    public CallStatus PublicStatusAt(DateTimeOffset now) => StatusAt(now) is CallStatus.Selected ? CallStatus.Closed : StatusAt(now);

    /// <summary>Until when it is kept what artists and reviewers wrote, of those who were not selected, and who the reviewers were.</summary>
    public DateTimeOffset KeptUntil(CallSettings settings) => (EndedAt ?? Plan.ClosesAt).AddMonths(settings.RetentionMonths);

    public Reviewer? ReviewerOf(Guid id) => Reviewers.FirstOrDefault(r => r.Id == id);

    /// <summary>Say it anew. True when it reads differently; by what artists were told they are judged, so from the opening on the terms stay.</summary>
    public Result<bool> Replan(CallPlan plan, DateTimeOffset now)
    {
        var status = StatusAt(now);
        if (status is CallStatus.Cancelled) return CallErrors.Cancelled;
        if (status is CallStatus.Selected or CallStatus.Announced) return CallErrors.Selected;
        if (plan.ClosesAt <= plan.OpensAt) return CallErrors.ClosesBeforeOpening.At("/closesAt");
        if (status is CallStatus.Open or CallStatus.Closed && !plan.HasTermsOf(Plan)) return CallErrors.TermsFixed;
        if (status is CallStatus.Closed && plan.ClosesAt != Plan.ClosesAt) return CallErrors.Closed;
        if (status is CallStatus.Scheduled or CallStatus.Open && plan.ClosesAt != Plan.ClosesAt && plan.ClosesAt <= now) return CallErrors.ClosesInThePast.At("/closesAt");
        if (status is CallStatus.Open && plan.ClosesAt < Plan.ClosesAt) return CallErrors.ClosesEarlier;
        if (plan.Equals(Plan)) return false;

        Plan = plan;
        Touch(now);
        return true;
    }

    public Result Publish(DateTimeOffset now)
    {
        if (Status is CallStatus.Cancelled) return CallErrors.Cancelled;
        if (Status is not CallStatus.Draft) return CallErrors.AlreadyPublished;
        if (Plan.ClosesAt <= now) return CallErrors.ClosesInThePast.At("/closesAt");

        (Status, PublishedAt) = (CallStatus.Scheduled, now);
        Touch(now);
        return Result.Done;
    }

    /// <summary>What is due happens. True when it was.</summary>
    public bool FollowTheClock(DateTimeOffset now)
    {
        if (StatusAt(now) == Status) return false;

        Status = StatusAt(now);
        Touch(now);
        return true;
    }

    /// <summary>Null when artists may send, change and withdraw submissions.</summary>
    public Error? RefusesSubmissions(DateTimeOffset now) => StatusAt(now) switch
    {
        CallStatus.Open => null,
        CallStatus.Draft or CallStatus.Scheduled => CallErrors.NotOpen,
        CallStatus.Cancelled => CallErrors.Cancelled,
        _ => CallErrors.Closed,
    };

    /// <summary>Null when reviewers may score: once nothing that they read can change any more, and until the selection.</summary>
    public Error? RefusesReviews(DateTimeOffset now) => StatusAt(now) switch
    {
        CallStatus.Closed => null,
        CallStatus.Draft or CallStatus.Scheduled or CallStatus.Open => CallErrors.ReviewsNotOpen,
        CallStatus.Cancelled => CallErrors.Cancelled,
        _ => CallErrors.Selected,
    };

    public Result Invite(Reviewer reviewer, DateTimeOffset now)
    {
        if (Status is CallStatus.Cancelled) return CallErrors.Cancelled;
        if (Status is CallStatus.Selected or CallStatus.Announced) return CallErrors.Selected;
        if (Reviewers.Any(r => string.Equals(r.Email, reviewer.Email, StringComparison.OrdinalIgnoreCase))) return CallErrors.ReviewerInvited;
        if (Reviewers.Count >= MostReviewers) return CallErrors.TooManyReviewers;

        Reviewers = [.. Reviewers, reviewer];
        Touch(now);
        return Result.Done;
    }

    /// <summary>The link of one that is dismissed opens nothing any more, and what they said is not counted.</summary>
    public Result Dismiss(Guid reviewerId, DateTimeOffset now)
    {
        if (ReviewerOf(reviewerId) is null) return CallErrors.UnknownReviewer;
        if (Status is CallStatus.Selected or CallStatus.Announced) return CallErrors.Selected;

        Reviewers = [.. Reviewers.Where(r => r.Id != reviewerId)];
        Touch(now);
        return Result.Done;
    }

    /// <summary>One has answered for everything, and sees from now on what the others say; their own stays as it is.</summary>
    public void Finish(Guid reviewerId, DateTimeOffset now)
    {
        Reviewers = [.. Reviewers.Select(r => r.Id == reviewerId ? r with { FinishedAt = r.FinishedAt ?? now } : r)];
        Touch(now);
    }

    /// <summary>Nobody has to know any more who scored: names and addresses go, and their links open nothing. True when there were any.</summary>
    public bool ForgetReviewers(DateTimeOffset now)
    {
        if (Reviewers.All(r => r.Email is null)) return false;

        Reviewers = [.. Reviewers.Select(r => r.Forgotten())];
        Touch(now);
        return true;
    }

    /// <summary>A selection was made; until the announcement it may be made anew.</summary>
    public Result Select(DateTimeOffset now)
    {
        switch (StatusAt(now))
        {
            case CallStatus.Cancelled: return CallErrors.Cancelled;
            case CallStatus.Announced: return CallErrors.Announced;
            case CallStatus.Draft or CallStatus.Scheduled or CallStatus.Open: return CallErrors.NotClosed;
        }

        Status = CallStatus.Selected;
        Touch(now);
        return Result.Done;
    }

    public Result Announce(DateTimeOffset now)
    {
        if (Status is CallStatus.Announced) return CallErrors.Announced;
        if (Status is CallStatus.Cancelled) return CallErrors.Cancelled;
        if (Status is not CallStatus.Selected) return CallErrors.NotSelected;

        (Status, EndedAt) = (CallStatus.Announced, now);
        Touch(now);
        return Result.Done;
    }

    /// <summary>Call it off. True when it was public, so that those who sent something have to learn of it.</summary>
    public Result<bool> Cancel(LocalizedText reason, DateTimeOffset now)
    {
        if (Status is CallStatus.Cancelled) return CallErrors.Cancelled;
        if (Status is CallStatus.Announced) return CallErrors.Announced;

        var wasPublic = PublishedAt is not null;
        (Status, Cancellation, EndedAt) = (CallStatus.Cancelled, reason, now);
        Touch(now);
        return wasPublic;
    }

    /// <summary>Somebody who was selected is so no longer, and the public was told that they were.</summary>
    public void Renew(DateTimeOffset now) => Touch(now);

    private void Touch(DateTimeOffset now)
    {
        Revision++;
        UpdatedAt = now;
    }
}

/// <summary>How far a call has come.</summary>
internal enum CallStatus
{
    /// <summary>Seen by staff alone.</summary>
    Draft,

    /// <summary>Public; opens later.</summary>
    Scheduled,

    /// <summary>Takes submissions.</summary>
    Open,

    /// <summary>Takes none any more; reviewers score.</summary>
    Closed,

    /// <summary>A selection was made that nobody outside knows.</summary>
    Selected,

    /// <summary>The selection is public, and everybody was written to.</summary>
    Announced,

    /// <summary>Called off.</summary>
    Cancelled,
}
