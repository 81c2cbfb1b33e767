using System.Text.Json.Serialization;
using Mila.Events.Calls.Submissions;

namespace Mila.Events.Calls.Reviews;

/// <summary>What one reviewer says of one submission: scores, or that they cannot judge it fairly.</summary>
internal sealed class Review : IDocument
{
    /// <summary>The longest comment and note.</summary>
    public const int LongestText = 2000;

    [JsonConstructor]
    private Review(Guid id, Guid callId, Guid submissionId, Guid reviewerId, Verdict verdict, DateTimeOffset at) =>
        (Id, CallId, SubmissionId, ReviewerId, Verdict, At) = (id, callId, submissionId, reviewerId, verdict, at);

    public Guid Id { get; }

    public Guid CallId { get; }

    [JsonIgnore]
    public Guid Version { get; set; }

    public Guid SubmissionId { get; }

    public Guid ReviewerId { get; }

    public Verdict Verdict { get; private set; }

    public DateTimeOffset At { get; private set; }

    /// <summary>One a submission and reviewer: a unique index.</summary>
    public string Key => KeyOf(SubmissionId, ReviewerId);

    /// <summary>Its scores; none where there is a conflict of interest.</summary>
    [JsonIgnore]
    public Verdict.Scored? Scored => Verdict as Verdict.Scored;

    [JsonIgnore]
    public bool IsConflict => Verdict is Verdict.Conflicted;

    public static string KeyOf(Guid submissionId, Guid reviewerId) => $"{submissionId} {reviewerId}";

    /// <summary>A reviewer scores a submission, for the first time or anew until they have seen what the others say.</summary>
    /// <param name="before">What they said of it before; null when nothing.</param>
    /// <param name="call">Under its lock.</param>
    /// <param name="reviewer">Who.</param>
    /// <param name="submission">What.</param>
    /// <param name="verdict">The scores.</param>
    /// <param name="now">When.</param>
    public static Result<Review> Score(Review? before, Call call, Reviewer reviewer, Submission submission, Verdict.Scored verdict, DateTimeOffset now)
    {
        if (Refuses(call, submission, now) is { } refusal) return refusal;
        if (before is { IsConflict: true }) return ReviewErrors.InConflict;
        if (before is not null && reviewer.FinishedAt is not null) return ReviewErrors.Final;

        var given = verdict.Scores.Select(s => s.Criterion).ToList();
        if (given.Count != call.Plan.Criteria.Count || !call.Plan.Criteria.All(c => given.Contains(c.Code, StringComparer.Ordinal))) return ReviewErrors.Incomplete.At("/scores");
        if (verdict.Scores.Any(s => s.Value < 1 || s.Value > call.Plan.BestScore)) return ReviewErrors.OutOfScale.At("/scores");

        return Say(before, call, reviewer, submission, verdict, now);
    }

    /// <summary>A reviewer is too close to an artist. What they scored before is gone, and they score it no more.</summary>
    public static Result<Review> Declare(Review? before, Call call, Reviewer reviewer, Submission submission, string reason, DateTimeOffset now)
    {
        if (Refuses(call, submission, now) is { } refusal) return refusal;
        if (before is { IsConflict: true }) return ReviewErrors.AlreadyDeclared;

        return Say(before, call, reviewer, submission, new Verdict.Conflicted(reason), now);
    }

    /// <summary>What was written of a person that is forgotten is forgotten; numbers stay.</summary>
    public void Erase() => Verdict = Verdict switch
    {
        Verdict.Scored scored => scored with { ForArtist = null, ForJury = null },
        _ => new Verdict.Conflicted(""),
    };

    private static Error? Refuses(Call call, Submission submission, DateTimeOffset now) =>
        call.RefusesReviews(now) ?? (submission.CallId != call.Id || submission.Status is SubmissionStatus.Pending ? SubmissionErrors.Unknown
            : submission.Status is not SubmissionStatus.Submitted ? SubmissionErrors.Withdrawn : null);

    private static Review Say(Review? before, Call call, Reviewer reviewer, Submission submission, Verdict verdict, DateTimeOffset now)
    {
        if (before is null) return new Review(Guid.CreateVersion7(now), call.Id, submission.Id, reviewer.Id, verdict, now);

        (before.Verdict, before.At) = (verdict, now);
        return before;
    }
}

/// <summary>What a reviewer says. PostgreSQL keeps members by the length of their names, and <c>$type</c> has to come first: none here is shorter.</summary>
[JsonDerivedType(typeof(Scored), "scored")]
[JsonDerivedType(typeof(Conflicted), "conflict")]
internal abstract record Verdict
{
    private Verdict()
    {
    }

    /// <summary>Scores by every criterion.</summary>
    /// <param name="Scores">One a criterion.</param>
    /// <param name="ForArtist">What the artist is told, and not from whom.</param>
    /// <param name="ForJury">For the other reviewers and the staff.</param>
    internal sealed record Scored(IReadOnlyList<Score> Scores, string? ForArtist, string? ForJury) : Verdict;

    /// <summary>A conflict of interest.</summary>
    /// <param name="Reason">Why, in the reviewer's words; for the staff.</param>
    internal sealed record Conflicted(string Reason) : Verdict;
}

/// <summary>One score.</summary>
/// <param name="Criterion">Code of the criterion.</param>
/// <param name="Value">From 1 to the best of the call.</param>
internal sealed record Score(string Criterion, int Value);
