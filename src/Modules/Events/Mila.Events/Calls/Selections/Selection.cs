using System.Text.Json.Serialization;
using Mila.BuildingBlocks.Values;

namespace Mila.Events.Calls.Selections;

/// <summary>Who is chosen of a call, who stands in reserve, and every decision that made it so; under the id of the call, whose row lock its writers hold.</summary>
internal sealed class Selection : IDocument
{
    [JsonConstructor]
    private Selection(Guid id, int places, IReadOnlyList<Entry> entries, IReadOnlyList<SelectionDecision> decisions, int revision, DateTimeOffset updatedAt) =>
        (Id, Places, Entries, Decisions, Revision, UpdatedAt) = (id, places, entries, decisions, revision, updatedAt);

    public Guid Id { get; }

    [JsonIgnore]
    public Guid Version { get; set; }

    /// <summary>Exactly so many are selected, as long as there are reserves.</summary>
    public int Places { get; }

    /// <summary>In the order of the ranking, with ties as they were decided; those without a rank last.</summary>
    public IReadOnlyList<Entry> Entries { get; private set; }

    /// <summary>The oldest first; none is ever changed or removed.</summary>
    public IReadOnlyList<SelectionDecision> Decisions { get; private set; }

    public int Revision { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    /// <summary>Those that the public is told of.</summary>
    [JsonIgnore]
    public IEnumerable<Entry> Selected => Entries.Where(e => e.Standing is Standing.Selected);

    /// <summary>Those who follow, the first first.</summary>
    [JsonIgnore]
    public IEnumerable<Entry> Reserves => Entries.Where(e => e.Standing is Standing.Reserve);

    /// <summary>Select the first of a ranking, and reserves behind them. What scores do not decide, somebody does, and says why.</summary>
    /// <param name="callId">The call.</param>
    /// <param name="places">How many.</param>
    /// <param name="ranking">In its order.</param>
    /// <param name="choice">What scores leave open.</param>
    /// <param name="before">The selection that this one replaces; its decisions stay.</param>
    /// <param name="by">Who decides.</param>
    /// <param name="now">When.</param>
    public static Result<Selection> Decide(Guid callId, int places, IReadOnlyList<Ranked> ranking, Choice choice, Selection? before, string by, DateTimeOffset now)
    {
        var (ranked, unranked) = (ranking.Where(r => r.Rank is not null).ToList(), ranking.Where(r => r.Rank is null).ToList());
        if (unranked.Count > 0 && choice.LeavingOut is null) return SelectionErrors.ReviewsMissing;
        if (ranked.Count < places) return SelectionErrors.TooFew;

        var decisions = new List<SelectionDecision>(before?.Decisions ?? []);
        var ordered = new List<Ranked>(ranked.Count);
        var used = new HashSet<TieBreak>(ReferenceEqualityComparer.Instance);
        foreach (var equals in ranked.GroupBy(r => r.Rank!.Value).OrderBy(g => g.Key).Select(g => g.ToList()))
        {
            var (first, last) = (ordered.Count + 1, ordered.Count + equals.Count);
            if (equals.Count == 1 || last <= places || first > places + choice.Reserves)
            {
                // Their order among themselves changes nothing for anybody.
                ordered.AddRange(equals);
                continue;
            }

            if (choice.Ties.FirstOrDefault(t => t.Order.Count == equals.Count && equals.TrueForAll(e => t.Order.Contains(e.SubmissionId))) is not { } tie) return SelectionErrors.TieUndecided;

            used.Add(tie);
            ordered.AddRange(tie.Order.Select(id => equals.Find(e => e.SubmissionId == id)!));
            decisions.Add(new SelectionDecision(SelectionRule.TieBroken, tie.Order, new LocalizedText(tie.Reason), by, now));
        }

        for (var i = 0; i < choice.Ties.Count; i++)
        {
            if (!used.Contains(choice.Ties[i])) return SelectionErrors.NoSuchTie.At($"/ties/{i}");
        }

        if (unranked.Count > 0) decisions.Add(new SelectionDecision(SelectionRule.LeftOut, [.. unranked.Select(u => u.SubmissionId)], new LocalizedText(choice.LeavingOut!), by, now));
        var entries = ordered.Select((r, i) => new Entry(r, i + 1, i < places ? Standing.Selected : i < places + choice.Reserves ? Standing.Reserve : Standing.NotSelected))
            .Concat(unranked.Select(r => new Entry(r, null, Standing.NotRanked))).ToList();
        decisions.Add(new SelectionDecision(SelectionRule.Selected, [.. entries.Where(e => e.Standing is Standing.Selected).Select(e => e.Ranked.SubmissionId)], Reasons.BestScores(places), by, now));
        return new Selection(callId, places, entries, decisions, (before?.Revision ?? 0) + 1, now);
    }

    /// <summary>Where a submission stands; null when it is in no selection.</summary>
    public Entry? Find(Guid submissionId) => Entries.FirstOrDefault(e => e.Ranked.SubmissionId == submissionId);

    /// <summary>Whether a place is free though somebody with a rank could have it: nobody was found to follow without a decision that scores do not make.</summary>
    [JsonIgnore]
    public bool IsShort => Selected.Count() < Places && Entries.Any(e => e.Standing is Standing.Reserve or Standing.NotSelected);

    /// <summary>An artist takes part no more. The first reserve takes the place of one who was selected.</summary>
    /// <param name="submissionId">Who leaves.</param>
    /// <param name="by">Who says so.</param>
    /// <param name="now">When.</param>
    /// <param name="succession">Who may take the place.</param>
    /// <returns>Where the one who leaves stood, and who takes the place.</returns>
    public (Standing? Stood, Entry? Promoted) Withdraw(Guid submissionId, string by, DateTimeOffset now, Succession succession)
    {
        if (Find(submissionId) is not { Standing: not Standing.Withdrawn } leaving) return (null, null);

        Change(leaving, Standing.Withdrawn);
        Decisions = [.. Decisions, new SelectionDecision(SelectionRule.Withdrawn, [submissionId], Reasons.Withdrawn, by, now)];
        Entry? promoted = null;
        if (leaving.Standing is Standing.Selected && succession is not Succession.Nobody)
        {
            promoted = Reserves.FirstOrDefault() ?? (succession is Succession.AnybodyRanked ? NextInRank() : null);
            Decisions = [.. Decisions, promoted is null
                ? new SelectionDecision(SelectionRule.Vacant, [], Reasons.Vacant, by, now)
                : new SelectionDecision(SelectionRule.Promoted, [promoted.Ranked.SubmissionId], Reasons.Follows(promoted, leaving.Ranked.Number), by, now)];
            if (promoted is not null) Change(promoted, Standing.Selected);
        }

        Touch(now);
        return (leaving.Standing, promoted);
    }

    /// <summary>It is public from now on.</summary>
    public void Announce(string by, DateTimeOffset now)
    {
        Decisions = [.. Decisions, new SelectionDecision(SelectionRule.Announced, [.. Selected.Select(e => e.Ranked.SubmissionId)], Reasons.Announced, by, now)];
        Touch(now);
    }

    // Of equals somebody has to say who is first, by a selection made anew.
    private Entry? NextInRank() =>
        Entries.FirstOrDefault(e => e.Standing is Standing.NotSelected) is { } next && Entries.Count(e => e.Standing is Standing.NotSelected && e.Ranked.Rank == next.Ranked.Rank) == 1 ? next : null;

    private void Change(Entry entry, Standing standing) => Entries = [.. Entries.Select(e => e == entry ? e with { Standing = standing } : e)];

    private void Touch(DateTimeOffset now)
    {
        Revision++;
        UpdatedAt = now;
    }
}

/// <summary>Who may take the place of one who leaves a selection.</summary>
internal enum Succession
{
    /// <summary>Nobody: what the selection was for is over.</summary>
    Nobody,

    /// <summary>The reserves: the others have been told that they are not selected.</summary>
    Reserves,

    /// <summary>Whoever has a rank: nobody has been told anything.</summary>
    AnybodyRanked,
}

/// <summary>One submission in a selection.</summary>
/// <param name="Ranked">Where its scores put it.</param>
/// <param name="Position">Its place in the decided order, from 1; null without a rank.</param>
/// <param name="Standing">What became of it.</param>
internal sealed record Entry(Ranked Ranked, int? Position, Standing Standing);

/// <summary>What became of a submission.</summary>
internal enum Standing
{
    /// <summary>Chosen.</summary>
    Selected,

    /// <summary>Takes the place of one who withdraws, the first in order first.</summary>
    Reserve,

    /// <summary>Not chosen.</summary>
    NotSelected,

    /// <summary>Too few reviews to be compared with the others.</summary>
    NotRanked,

    /// <summary>Takes part no more.</summary>
    Withdrawn,
}

/// <summary>What staff decide where scores do not.</summary>
/// <param name="Reserves">How many stand in reserve, if there are so many.</param>
/// <param name="Ties">How equals on the line stand.</param>
/// <param name="LeavingOut">Why those with too few reviews are left out; null when nobody may be.</param>
internal sealed record Choice(int Reserves, IReadOnlyList<TieBreak> Ties, string? LeavingOut);

/// <summary>The order of those who are equal, decided by somebody.</summary>
/// <param name="Order">All of them, the first first.</param>
/// <param name="Reason">Why.</param>
internal sealed record TieBreak(IReadOnlyList<Guid> Order, string Reason);

/// <summary>Something that was decided.</summary>
/// <param name="Rule">By which rule.</param>
/// <param name="SubmissionIds">Of whom.</param>
/// <param name="Reason">Why.</param>
/// <param name="By">The key or person that decided; <c>artist</c> for one who withdrew by the personal link.</param>
/// <param name="At">When.</param>
internal sealed record SelectionDecision(SelectionRule Rule, IReadOnlyList<Guid> SubmissionIds, LocalizedText Reason, string By, DateTimeOffset At);

/// <summary>By which rule something was decided.</summary>
internal enum SelectionRule
{
    /// <summary>The best scores.</summary>
    Selected,

    /// <summary>Somebody ordered equals.</summary>
    TieBroken,

    /// <summary>Somebody left out those with too few reviews.</summary>
    LeftOut,

    /// <summary>An artist left.</summary>
    Withdrawn,

    /// <summary>The first reserve, or before the announcement the next in the ranking, took the place.</summary>
    Promoted,

    /// <summary>There was no reserve.</summary>
    Vacant,

    /// <summary>The selection became public.</summary>
    Announced,
}

/// <summary>Why, where a rule says it.</summary>
internal static class Reasons
{
    public static readonly LocalizedText Withdrawn = new("L'artiste se retire.", "The artist withdraws.");
    public static readonly LocalizedText Vacant = new("La place reste libre : il n'y a plus de réserve.", "The place stays free: there is no reserve left.");
    public static readonly LocalizedText Announced = new("La sélection est publiée.", "The selection is made public.");

    public static LocalizedText BestScores(int places) => new($"Les {places} meilleures notes.", $"The {places} best scores.");

    public static LocalizedText Follows(Entry next, int leaving) => next.Standing is Standing.Reserve
        ? new($"La candidature n° {next.Ranked.Number}, première de la réserve, prend la place de la n° {leaving}.", $"Submission no. {next.Ranked.Number}, the first reserve, takes the place of no. {leaving}.")
        : new($"La candidature n° {next.Ranked.Number}, suivante au classement, prend la place de la n° {leaving}.", $"Submission no. {next.Ranked.Number}, the next in the ranking, takes the place of no. {leaving}.");
}
