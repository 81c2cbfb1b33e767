namespace Mila.Events.Calls.Submissions;

/// <summary>A submission as the staff sees it.</summary>
/// <param name="Id">The submission.</param>
/// <param name="CallId">The call.</param>
/// <param name="Status">How far it has come.</param>
/// <param name="Number">From 1 within its call: what a blind jury calls it; null until the address is confirmed.</param>
/// <param name="Act">Name of the artist or group; empty once forgotten.</param>
/// <param name="Name">The person; null once forgotten.</param>
/// <param name="Email">Where mails go; null once forgotten.</param>
/// <param name="City">Where from.</param>
/// <param name="Text">The presentation.</param>
/// <param name="Links">Where the work is heard and seen.</param>
/// <param name="Language"><c>fr</c> or <c>en</c>: of the mails.</param>
/// <param name="SentAt">When it was sent.</param>
/// <param name="UpdatedAt">Last change.</param>
internal sealed record SubmissionResponse(
    Guid Id, Guid CallId, SubmissionStatus Status, int? Number, string Act, string? Name, string? Email, string? City, string Text, IReadOnlyList<string> Links, string? Language, DateTimeOffset SentAt,
    DateTimeOffset UpdatedAt)
{
    public static SubmissionResponse Of(Submission s) => new(
        s.Id, s.CallId, s.Status, s.Number == 0 ? null : s.Number, s.Work.Act, s.Applicant?.Name, s.Applicant?.Email, s.Work.City, s.Work.Text, s.Work.Links, s.Applicant?.Language, s.SentAt, s.UpdatedAt);
}
