using System.Globalization;
using System.Text;
using System.Text.Json.Serialization;
using Mila.BuildingBlocks.Values;

namespace Mila.Events.Calls.Submissions;

/// <summary>What an artist sends to a call. Whoever changes it holds the row lock of its call.</summary>
internal sealed class Submission : IDocument
{
    /// <summary>The most links.</summary>
    public const int MostLinks = 5;

    /// <summary>The longest text.</summary>
    public const int LongestText = 4000;

    [JsonConstructor]
    private Submission(Guid id, Guid callId, Applicant? applicant, Work work, SubmissionStatus status, int number, DateTimeOffset sentAt, int revision, DateTimeOffset updatedAt) =>
        (Id, CallId, Applicant, Work, Status, Number, SentAt, Revision, UpdatedAt) = (id, callId, applicant, work, status, number, sentAt, revision, updatedAt);

    public Guid Id { get; }

    public Guid CallId { get; }

    [JsonIgnore]
    public Guid Version { get; set; }

    /// <summary>Who sent it; null once they are forgotten.</summary>
    public Applicant? Applicant { get; private set; }

    public Work Work { get; private set; }

    public SubmissionStatus Status { get; private set; }

    /// <summary>From 1 within its call, in the order of arrival: what a blind jury calls it. 0 until the address is confirmed.</summary>
    public int Number { get; private set; }

    public DateTimeOffset SentAt { get; }

    public int Revision { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    /// <summary>One an address and call: a unique index, and null when it does not take part.</summary>
    public string? EmailKey => Status is SubmissionStatus.Submitted ? EmailKeyOf(CallId, Applicant!.Email) : null;

    /// <summary>One an act and call.</summary>
    public string? ActKey => Status is SubmissionStatus.Submitted ? ActKeyOf(CallId, Work.Act) : null;

    public static string EmailKeyOf(Guid callId, string email) => $"{callId} {email.ToUpperInvariant()}";

    /// <summary>Accents, case, spaces and signs make no other act.</summary>
    public static string ActKeyOf(Guid callId, string act)
    {
        var letters = string.Concat(UnicodeForms.Of(act, NormalizationForm.FormKD).Where(char.IsLetterOrDigit)).ToUpperInvariant();
        return $"{callId} {(letters.Length == 0 ? act.Trim() : letters)}";
    }

    public static Submission Send(Guid id, Guid callId, Applicant applicant, Work work, DateTimeOffset now) =>
        new(id, callId, applicant, work, SubmissionStatus.Pending, number: 0, sentAt: now, revision: 1, updatedAt: now);

    /// <summary>The address is confirmed: from now on it takes part.</summary>
    public void Confirm(int number, DateTimeOffset now)
    {
        (Status, Number) = (SubmissionStatus.Submitted, number);
        Touch(now);
    }

    public Result Rewrite(Work work, DateTimeOffset now)
    {
        if (Status is not SubmissionStatus.Submitted) return SubmissionErrors.Withdrawn;

        Work = work;
        Touch(now);
        return Result.Done;
    }

    public Result Withdraw(DateTimeOffset now)
    {
        if (Status is SubmissionStatus.Pending) return SubmissionErrors.NotConfirmed;
        if (Status is not SubmissionStatus.Submitted) return SubmissionErrors.Withdrawn;

        Status = SubmissionStatus.Withdrawn;
        Touch(now);
        return Result.Done;
    }

    /// <summary>Who it was and what they sent is forgotten; that there was a submission stays.</summary>
    public void Erase(DateTimeOffset now)
    {
        (Status, Applicant, Work) = (SubmissionStatus.Erased, null, Work.Nothing);
        Touch(now);
    }

    private void Touch(DateTimeOffset now)
    {
        Revision++;
        UpdatedAt = now;
    }
}

/// <summary>Who sends it.</summary>
/// <param name="Name">The person.</param>
/// <param name="Email">Where mails go.</param>
/// <param name="Language"><c>fr</c> or <c>en</c>.</param>
internal sealed record Applicant(string Name, string Email, string Language);

/// <summary>What is scored.</summary>
/// <param name="Act">Name of the artist or group: public once selected.</param>
/// <param name="City">Where from.</param>
/// <param name="Text">A presentation, without Markdown.</param>
/// <param name="Links">Where it is heard and seen; nobody but reviewers follows them.</param>
internal sealed record Work(string Act, string? City, string Text, IReadOnlyList<string> Links)
{
    public static readonly Work Nothing = new("", null, "", []);
}

/// <summary>How far a submission has come.</summary>
internal enum SubmissionStatus
{
    /// <summary>The address is not confirmed.</summary>
    Pending,

    /// <summary>It takes part.</summary>
    Submitted,

    /// <summary>The artist takes part no more.</summary>
    Withdrawn,

    /// <summary>Who it was is forgotten.</summary>
    Erased,
}
