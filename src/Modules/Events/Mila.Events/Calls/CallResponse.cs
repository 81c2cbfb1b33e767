using Mila.BuildingBlocks.Values;

namespace Mila.Events.Calls;

/// <summary>A call as the staff sees it.</summary>
/// <param name="Id">The call.</param>
/// <param name="Slug">Its address: <c>/calls/{slug}</c>.</param>
/// <param name="Status">How far it has come.</param>
/// <param name="Programme">Code of the programme that it belongs to.</param>
/// <param name="EventId">The event whose stage it fills, if it is of one.</param>
/// <param name="Title">Title.</param>
/// <param name="Text">Markdown.</param>
/// <param name="OpensAt">From when it takes submissions, in UTC.</param>
/// <param name="ClosesAt">Until when, in UTC.</param>
/// <param name="TimeZone">The zone in which people read the times: <c>Europe/Paris</c>.</param>
/// <param name="Places">How many are selected.</param>
/// <param name="BestScore">The best score of a criterion.</param>
/// <param name="ReviewsNeeded">So many reviews make a submission rankable.</param>
/// <param name="Blind">Whether reviewers are not told whose work they score.</param>
/// <param name="Criteria">By what they score.</param>
/// <param name="Reviewers">Who scores.</param>
/// <param name="CancellationReason">Why it was called off, where it was.</param>
/// <param name="EndedAt">When it was announced or called off.</param>
/// <param name="UpdatedAt">Last change.</param>
internal sealed record CallResponse(
    Guid Id, string Slug, CallStatus Status, string? Programme, Guid? EventId, LocalizedText Title, LocalizedText Text, DateTimeOffset OpensAt, DateTimeOffset ClosesAt, string TimeZone, int Places,
    int BestScore, int ReviewsNeeded, bool Blind, IReadOnlyList<Criterion> Criteria, IReadOnlyList<ReviewerResponse> Reviewers, LocalizedText? CancellationReason, DateTimeOffset? EndedAt,
    DateTimeOffset UpdatedAt)
{
    public static CallResponse Of(Call c, DateTimeOffset now) => new(
        c.Id, c.Slug, c.StatusAt(now), c.Plan.Programme, c.Plan.EventId, c.Plan.Title, c.Plan.Text, c.Plan.OpensAt, c.Plan.ClosesAt, "Europe/Paris", c.Plan.Places, c.Plan.BestScore,
        c.Plan.ReviewsNeeded, c.Plan.IsBlind, c.Plan.Criteria, [.. c.Reviewers.Select(ReviewerResponse.Of)], c.Cancellation, c.EndedAt, c.UpdatedAt);

    /// <summary>With the tag of what is shown: the status follows the clock before the document does.</summary>
    public static Tagged<CallResponse> Tagged(Call c, DateTimeOffset now) => Etag.Ok(Of(c, now), VersionAt(c, now));

    public static Guid VersionAt(Call c, DateTimeOffset now) => Etag.Mixed(c.Version, c.StatusAt(now) == c.Status ? 0 : 1 + (int)c.StatusAt(now));
}

/// <summary>One who scores.</summary>
/// <param name="Id">Theirs within the call.</param>
/// <param name="Name">Who; null once they are forgotten.</param>
/// <param name="Email">Where the personal link went; null once they are forgotten.</param>
/// <param name="Language"><c>fr</c> or <c>en</c>.</param>
/// <param name="FinishedAt">When they had answered for everything and chose to see what the others say; null before.</param>
internal sealed record ReviewerResponse(Guid Id, string? Name, string? Email, string Language, DateTimeOffset? FinishedAt)
{
    public static ReviewerResponse Of(Reviewer r) => new(r.Id, r.Name, r.Email, r.Language, r.FinishedAt);
}
