using Mila.BuildingBlocks.Values;

namespace Mila.Events.Calls;

/// <summary>What staff decide of a call.</summary>
/// <param name="Programme">Code of the programme that it belongs to; of its event's, where it belongs to one.</param>
/// <param name="EventId">The event whose stage it fills.</param>
/// <param name="Title">Title.</param>
/// <param name="Text">Markdown: what is looked for, on what terms.</param>
/// <param name="OpensAt">From when it takes submissions.</param>
/// <param name="ClosesAt">Until when.</param>
/// <param name="Places">How many are selected: exactly so many.</param>
/// <param name="BestScore">The best score of a criterion; the least is 1.</param>
/// <param name="ReviewsNeeded">So many reviews make a submission rankable.</param>
/// <param name="IsBlind">Whether reviewers are not told whose work they score.</param>
/// <param name="Criteria">By what they score.</param>
internal sealed record CallPlan(
    string? Programme, Guid? EventId, LocalizedText Title, LocalizedText Text, DateTimeOffset OpensAt, DateTimeOffset ClosesAt, int Places, int BestScore, int ReviewsNeeded, bool IsBlind,
    IReadOnlyList<Criterion> Criteria)
{
    /// <summary>Whether artists are judged by the same: what they were told when they could still decide whether to take part.</summary>
    public bool HasTermsOf(CallPlan other) =>
        (EventId, OpensAt, Places, BestScore, IsBlind) == (other.EventId, other.OpensAt, other.Places, other.BestScore, other.IsBlind) && Criteria.SequenceEqual(other.Criteria)
        // That of an event goes where its event goes.
        && (EventId is not null || Programme == other.Programme);

    public bool Equals(CallPlan? other) =>
        other is not null && HasTermsOf(other) && Programme == other.Programme && (Title, Text, ClosesAt, ReviewsNeeded) == (other.Title, other.Text, other.ClosesAt, other.ReviewsNeeded);

    public override int GetHashCode() => HashCode.Combine(Title, Text, OpensAt, ClosesAt, Places);
}

/// <summary>By what is scored.</summary>
/// <param name="Code">Lower-case words joined by hyphens, at most 50 characters; its own within the call.</param>
/// <param name="Label">What reviewers and artists read, 1 to 200 characters a language.</param>
/// <param name="Weight">How much it counts beside the others, 1 to 100.</param>
internal sealed record Criterion(string Code, LocalizedText Label, int Weight = 1);

/// <summary>One who scores.</summary>
/// <param name="Id">Theirs within the call.</param>
/// <param name="Name">Who; null once they are forgotten.</param>
/// <param name="Email">Where the personal link went; null once they are forgotten.</param>
/// <param name="Language"><c>fr</c> or <c>en</c>.</param>
/// <param name="FinishedAt">When they had answered for everything and chose to see what the others say; null before.</param>
internal sealed record Reviewer(Guid Id, string? Name, string? Email, string Language, DateTimeOffset? FinishedAt = null)
{
    /// <summary>The same one whom nobody can name any more: what they scored still counts.</summary>
    public Reviewer Forgotten() => this with { Name = null, Email = null };
}
