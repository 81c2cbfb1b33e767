namespace Mila.Events.Calls.Reviews;

/// <summary>What a reviewer says of a submission, as the staff sees it.</summary>
/// <param name="Id">The review.</param>
/// <param name="CallId">The call.</param>
/// <param name="SubmissionId">The submission.</param>
/// <param name="ReviewerId">The reviewer.</param>
/// <param name="Conflict">Whether it is a declared conflict of interest: then there are no scores.</param>
/// <param name="Reason">Why there is a conflict, as the reviewer says it.</param>
/// <param name="Scores">One a criterion.</param>
/// <param name="Comment">For the artist.</param>
/// <param name="Note">For the other reviewers and the staff.</param>
/// <param name="UpdatedAt">When it was said.</param>
internal sealed record ReviewResponse(
    Guid Id, Guid CallId, Guid SubmissionId, Guid ReviewerId, bool Conflict, string? Reason, IReadOnlyList<Score> Scores, string? Comment, string? Note, DateTimeOffset UpdatedAt)
{
    public static ReviewResponse Of(Review r) => new(
        r.Id, r.CallId, r.SubmissionId, r.ReviewerId, r.IsConflict, (r.Verdict as Verdict.Conflicted)?.Reason, r.Scored?.Scores ?? [], r.Scored?.ForArtist, r.Scored?.ForJury, r.At);
}
