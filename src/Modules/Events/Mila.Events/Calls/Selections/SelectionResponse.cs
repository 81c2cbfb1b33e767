using Mila.Events.Calls.Submissions;

namespace Mila.Events.Calls.Selections;

/// <summary>A selection as the staff sees it.</summary>
/// <param name="CallId">The call.</param>
/// <param name="Places">How many are selected.</param>
/// <param name="Vacant">Places that stay free because no reserve is left.</param>
/// <param name="Announced">Whether it is public.</param>
/// <param name="Selected">Who is selected.</param>
/// <param name="Reserves">Who follows, the first first.</param>
/// <param name="Others">Who is not selected, cannot be ranked, or has withdrawn.</param>
/// <param name="Decisions">Everything that made it so, the oldest first.</param>
/// <param name="UpdatedAt">Last change.</param>
internal sealed record SelectionResponse(
    Guid CallId, int Places, int Vacant, bool Announced, IReadOnlyList<EntryResponse> Selected, IReadOnlyList<EntryResponse> Reserves, IReadOnlyList<EntryResponse> Others,
    IReadOnlyList<SelectionDecision> Decisions, DateTimeOffset UpdatedAt)
{
    public static SelectionResponse Of(Selection s, Call call, IReadOnlyDictionary<Guid, Submission> submissions)
    {
        return new SelectionResponse(
            s.Id, s.Places, s.Places - s.Selected.Count(), call.Status is CallStatus.Announced, [.. s.Selected.Select(Show)], [.. s.Reserves.Select(Show)],
            [.. s.Entries.Where(e => e.Standing is not (Standing.Selected or Standing.Reserve)).Select(Show)], s.Decisions, s.UpdatedAt);

        EntryResponse Show(Entry e) => new(e.Standing, e.Position, RankedResponse.Of(e.Ranked, submissions.TryGetValue(e.Ranked.SubmissionId, out var submission) ? submission.Work.Act : ""));
    }

    public static Guid VersionOf(Selection s, Call call) => Etag.Mixed(s.Version, call.Status is CallStatus.Announced ? 1 : 0);
}

/// <summary>One submission in a selection.</summary>
/// <param name="Standing">What became of it.</param>
/// <param name="Position">Its place in the decided order, from 1; null without a rank.</param>
/// <param name="Ranked">How it stood by its scores when the selection was made.</param>
internal sealed record EntryResponse(Standing Standing, int? Position, RankedResponse Ranked);
