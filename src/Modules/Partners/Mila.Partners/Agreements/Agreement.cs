using System.Text.Json.Serialization;
using Mila.BuildingBlocks.Import;
using Mila.BuildingBlocks.Time;

namespace Mila.Partners.Agreements;

/// <summary>What MILA and a partner grant each other, from a day to a day.</summary>
internal sealed class Agreement : IDocument
{
    [JsonConstructor]
    private Agreement(
        Guid id, Guid partnerId, AgreementKind kind, AgreementTerms terms, string? endedBecause, DateTimeOffset? endedAt, int revision, DateTimeOffset signedAt, DateTimeOffset updatedAt, ImportMark? import)
    {
        (Id, PartnerId, Kind, Terms, EndedBecause, EndedAt) = (id, partnerId, kind, terms, endedBecause, endedAt);
        (Revision, SignedAt, UpdatedAt, Import) = (revision, signedAt, updatedAt, import);
    }

    public Guid Id { get; }

    [JsonIgnore]
    public Guid Version { get; set; }

    public Guid PartnerId { get; }

    public AgreementKind Kind { get; }

    public AgreementTerms Terms { get; private set; }

    /// <summary>Why it ends earlier than was agreed; another last day takes it back.</summary>
    public string? EndedBecause { get; private set; }

    /// <summary>When it was found to be over; from then on it never changes.</summary>
    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>Grows with each change: the <c>version</c> of webhooks.</summary>
    public int Revision { get; private set; }

    public DateTimeOffset SignedAt { get; }

    public DateTimeOffset UpdatedAt { get; private set; }

    public ImportMark? Import { get; set; }

    /// <summary>What lists sort by: <c>yyyy-MM-dd</c>.</summary>
    public DateOnly StartsOn => Terms.StartsOn;

    /// <param name="id">Of the agreement.</param>
    /// <param name="partnerId">With whom.</param>
    /// <param name="kind">What it is about.</param>
    /// <param name="terms">What is agreed.</param>
    /// <param name="others">The partner's other agreements.</param>
    /// <param name="now">When.</param>
    public static Result<Agreement> Sign(Guid id, Guid partnerId, AgreementKind kind, AgreementTerms terms, IEnumerable<Agreement> others, DateTimeOffset now) =>
        Refusal(kind, terms, others) is { } refusal ? refusal : new Agreement(id, partnerId, kind, terms, endedBecause: null, endedAt: null, revision: 1, signedAt: now, updatedAt: now, import: null);

    /// <summary>Agree on something else. Answers the names of the members that changed, as the API writes them.</summary>
    public Result<Changes> Change(AgreementTerms terms, IEnumerable<Agreement> others, DateTimeOffset now)
    {
        if (EndedAt is not null) return AgreementErrors.Ended;
        // A day of long ago ends it for good: by a slip that would be one that nobody can take back.
        if (terms.EndsOn != Terms.EndsOn && terms.EndsOn < ParisTime.DateOf(now).AddDays(-1)) return AgreementErrors.EndingInThePast.At("/endsOn");
        if (Refusal(Kind, terms, others.Where(o => o.Id != Id)) is { } refusal) return refusal;

        var fields = Terms.DifferencesFrom(terms);
        if (fields.Count == 0) return new Changes(fields);
        if (EndedBecause is not null && terms.EndsOn != Terms.EndsOn) (EndedBecause, fields) = (null, [.. fields, "endedBecause"]);
        Become(terms, now);
        return new Changes(fields);
    }

    /// <summary>End it earlier than was agreed.</summary>
    /// <param name="on">Its last day, included: yesterday at the earliest, so that it grants nothing from now on.</param>
    /// <param name="because">Why.</param>
    /// <param name="today">In Paris.</param>
    /// <param name="now">When this is said.</param>
    public Result EndBy(DateOnly on, string? because, DateOnly today, DateTimeOffset now)
    {
        if (EndedAt is not null) return AgreementErrors.Ended;
        if (on < today.AddDays(-1)) return AgreementErrors.EndingInThePast.At("/on");
        if (on > Terms.EndsOn) return AgreementErrors.EndsEarlier;

        EndedBecause = because;
        Become(Terms with { EndsOn = on }, now);
        return Result.Done;
    }

    /// <summary>Whether it is over, found out now. False when it was known, or is not so.</summary>
    public bool RunOut(DateOnly today, DateTimeOffset now)
    {
        if (EndedAt is not null || Terms.EndsOn is not { } last || last >= today) return false;

        EndedAt = now;
        Become(Terms, now);
        return true;
    }

    public AgreementStatus StatusOn(DateOnly day) => EndedAt is not null || Terms.EndsOn < day ? AgreementStatus.Ended : Terms.StartsOn > day ? AgreementStatus.Planned : AgreementStatus.Running;

    /// <summary>Whether, on this day, the partner opens something to MILA's members.</summary>
    public bool OpensToOurs(DateOnly day) => Terms.Direction is not AgreementDirection.Given && GrantsOn(day);

    /// <summary>Whether, on this day, MILA opens something to the partner's members.</summary>
    public bool OpensToTheirs(DateOnly day) => Terms.Direction is not AgreementDirection.Received && GrantsOn(day);

    /// <summary>Whether, on this day, either opens something to the other's members.</summary>
    public bool GrantsOn(DateOnly day) => EndedAt is null && Terms.Covers(day) && !Terms.Grants.IsNothing;

    private static Error? Refusal(AgreementKind kind, AgreementTerms terms, IEnumerable<Agreement> others)
    {
        if (terms.EndsOn < terms.StartsOn) return AgreementErrors.EndsBeforeStart.At("/endsOn");
        if (kind is AgreementKind.Access && terms.Grants.IsNothing) return AgreementErrors.GrantsNothing.At("/grants");
        if (kind is not AgreementKind.Access && terms.Grants != AgreementGrants.Nothing) return AgreementErrors.GrantsByAccessOnly.At("/grants");
        if (terms.Grants is { Events: false, SeatsPerEvent: > 0 }) return AgreementErrors.SeatsWithoutEvents.At("/grants/seatsPerEvent");
        return others.Any(o => o.Kind == kind && o.Terms.Meets(terms)) ? AgreementErrors.Overlaps : null;
    }

    private void Become(AgreementTerms terms, DateTimeOffset now) => (Terms, Revision, UpdatedAt) = (terms, Revision + 1, now);
}

/// <summary>Names of the members that changed.</summary>
internal sealed record Changes(IReadOnlyList<string> Fields);
