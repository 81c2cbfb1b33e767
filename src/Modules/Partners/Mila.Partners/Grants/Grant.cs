using System.Globalization;
using System.Text.Json.Serialization;
using Mila.BuildingBlocks.Import;
using Mila.BuildingBlocks.Values;

namespace Mila.Partners.Grants;

/// <summary>Money that MILA requested from, or was awarded by, a funder.</summary>
internal sealed class Grant : IDocument
{
    [JsonConstructor]
    private Grant(Guid id, GrantTerms terms, DateTimeOffset updatedAt, ImportMark? import, IReadOnlyList<DueDay>? planned = null) =>
        (Id, Terms, UpdatedAt, Import, Planned) = (id, terms, updatedAt, import, planned ?? [.. terms.Days()]);

    public Guid Id { get; }

    [JsonIgnore]
    public Guid Version { get; set; }

    public GrantTerms Terms { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    public ImportMark? Import { get; set; }

    /// <summary>The days for which reminders were put on the calendar. They stay there when a day is moved away, and are not put there again when it is moved back.</summary>
    public IReadOnlyList<DueDay> Planned { get; private set; }

    public static Result<Grant> Request(Guid id, GrantTerms terms, DateTimeOffset now) => terms.Fault() is { } fault ? fault : new Grant(id, terms, now, import: null, []);

    /// <summary>Days that have no reminders yet; from now on they do.</summary>
    public IReadOnlyList<DueDay> Plan()
    {
        DueDay[] fresh = [.. Terms.Days().Except(Planned)];
        Planned = [.. Planned, .. fresh];
        return fresh;
    }

    /// <summary>Whether it may be struck, as something that was entered by mistake: as long as nothing has come of it.</summary>
    public Result Strike() =>
        Terms.Status is GrantStatus.Requested && Terms.Tranches.All(t => t.PaidOn is null) && Terms.Reports.All(r => r.SentOn is null) ? Result.Done : GrantErrors.UnderWay;

    public Result Change(GrantTerms terms, DateTimeOffset now)
    {
        if (terms.FunderId != Terms.FunderId) return GrantErrors.FunderFixed.At("/funderId");
        if (terms.Status < Terms.Status) return GrantErrors.StatusBackwards;
        if (Terms.Tranches.Any(paid => paid.PaidOn is not null && !terms.Tranches.Contains(paid))) return GrantErrors.PaymentBackwards;
        if (Terms.Reports.Any(sent => sent.SentOn is not null && !terms.Reports.Contains(sent))) return GrantErrors.ReportBackwards;
        if (terms.Fault() is { } fault) return fault;

        (Terms, UpdatedAt) = (terms, now);
        return Result.Done;
    }
}

/// <summary>What is known of a grant.</summary>
/// <param name="FunderId">Who grants it.</param>
/// <param name="Department">Of the funder.</param>
/// <param name="Year">Which it is for.</param>
/// <param name="Season">Where it is for one.</param>
/// <param name="Status">How far it has come.</param>
/// <param name="Amount">What was asked for.</param>
/// <param name="Awarded">What was promised, where it is not what was asked for.</param>
/// <param name="Agreement">What it rests on, in words.</param>
/// <param name="AgreementFrom">The first year of an agreement over several.</param>
/// <param name="AgreementTo">The last.</param>
/// <param name="Tranches">In which parts it is paid.</param>
/// <param name="Reports">What is owed to the funder.</param>
internal sealed record GrantTerms(
    Guid FunderId, string? Department, int Year, string? Season, GrantStatus Status, Money Amount, Money? Awarded, string? Agreement, int? AgreementFrom, int? AgreementTo,
    IReadOnlyList<Tranche> Tranches, IReadOnlyList<ReportDue> Reports)
{
    /// <summary>What was promised: nothing while it is only asked for.</summary>
    [JsonIgnore]
    public decimal Promised => Status is GrantStatus.Requested ? 0 : (Awarded ?? Amount).Amount;

    /// <summary>What was received: all of it once the grant is paid, else the tranches that were.</summary>
    [JsonIgnore]
    public decimal Received => Status >= GrantStatus.Paid ? Promised : Tranches.Where(t => t.PaidOn is not null).Sum(t => t.Amount.Amount);

    /// <summary>The tranches that have not come: none once the grant is paid.</summary>
    public IEnumerable<Tranche> OpenTranches() => Status >= GrantStatus.Paid ? [] : Tranches.Where(t => t.PaidOn is null);

    /// <summary>The reports that are still owed: none once it is accounted for.</summary>
    public IEnumerable<ReportDue> OpenReports() => Status >= GrantStatus.Reported ? [] : Reports.Where(r => r.SentOn is null);

    /// <summary>Whether the grant is part of what happens in this year: by its year or its season. An agreement over several years has a grant for each.</summary>
    public bool Covers(int year) => Years().Contains(year);

    /// <summary>In which years' reports it stands, each once.</summary>
    public IEnumerable<int> Years() => SeasonYears().Append(Year).Distinct();

    /// <summary>The days on which something is due that has not come or gone, each once.</summary>
    public IEnumerable<DueDay> Days() =>
        OpenReports().Select(r => new DueDay(ReminderDue.Report, r.DueOn)).Concat(OpenTranches().Select(t => new DueDay(ReminderDue.Tranche, t.DueOn))).Distinct();

    public Error? Fault() =>
        !SeasonHolds() ? GrantErrors.SeasonBroken.At("/season")
        : AgreementTo < AgreementFrom ? GrantErrors.AgreementBackwards.At("/agreementTo")
        : Tranches.Sum(t => t.Amount.Amount) > (Awarded ?? Amount).Amount ? GrantErrors.TranchesTooLarge.At("/tranches")
        : Status is GrantStatus.Requested && Tranches.Any(t => t.PaidOn is not null) ? GrantErrors.NotAwarded
        : null;

    /// <summary>A season goes on into the next year, and the grant is for one of the two.</summary>
    private bool SeasonHolds() => Season is null || (SeasonYears() is [var first, var second] && second == first + 1 && (Year == first || Year == second));

    private int[] SeasonYears() => [.. (Season?.Split('/') ?? []).Select(y => int.Parse(y, CultureInfo.InvariantCulture))];

    /// <summary>Whether both say the same; lists are compared by what they hold.</summary>
    public bool Says(GrantTerms other) => this with { Tranches = other.Tranches, Reports = other.Reports } == other && Tranches.SequenceEqual(other.Tranches) && Reports.SequenceEqual(other.Reports);
}

/// <summary>A part of a grant.</summary>
/// <param name="Amount">How much, in euros.</param>
/// <param name="DueOn">When it is expected.</param>
/// <param name="PaidOn">When it came; never taken back.</param>
internal sealed record Tranche(Money Amount, DateOnly DueOn, DateOnly? PaidOn = null);

/// <summary>A report that is owed to the funder.</summary>
/// <param name="Year">Which it is about.</param>
/// <param name="DueOn">Until when.</param>
/// <param name="SentOn">When it was sent; never taken back.</param>
internal sealed record ReportDue(int Year, DateOnly DueOn, DateOnly? SentOn = null);

/// <summary>A day on which tranches come or reports are due.</summary>
/// <param name="Of">Which of them.</param>
/// <param name="On">The day.</param>
internal sealed record DueDay(string Of, DateOnly On);

/// <summary>How far a grant has come; it never goes back.</summary>
internal enum GrantStatus
{
    /// <summary>Asked for.</summary>
    Requested,

    /// <summary>Promised by an agreement.</summary>
    Awarded,

    /// <summary>Received.</summary>
    Paid,

    /// <summary>Accounted for to the funder.</summary>
    Reported,
}
