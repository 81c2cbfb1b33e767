using Mila.BuildingBlocks.Values;
using Mila.Partners.Evidence;
using Mila.Partners.FundingPlans;
using Mila.Partners.Grants;
using Mila.Partners.Partners;

namespace Mila.Partners.FundingReports;

/// <summary>A report, made of what is known: nothing is asked of anybody here, and nothing is stored.</summary>
/// <param name="Year">Of the report.</param>
/// <param name="Plan">The year's plan, if there is one.</param>
/// <param name="Grants">Those that may cover the year, or for which a report about it is owed.</param>
/// <param name="Funders">Those whose grants, lines or reports these are.</param>
/// <param name="Entries">The ledger, for the year and for the days of the plan's rules.</param>
/// <param name="Today">In Paris.</param>
internal sealed record ReportComposition(int Year, FundingPlan? Plan, IReadOnlyList<Grant> Grants, IReadOnlyList<Partner> Funders, IReadOnlyList<EvidenceEntry> Entries, DateOnly Today)
{
    /// <summary>The first and the last day from which evidence is needed.</summary>
    public static (DateOnly From, DateOnly To) Days(int year, FundingPlan? plan)
    {
        var days = (plan?.Terms.Lines ?? []).Select(l => l.Rule.Days(year)).Append((From: new DateOnly(year, 1, 1), To: new DateOnly(year, 12, 31))).ToArray();
        return (days.Min(d => d.From), days.Max(d => d.To));
    }

    /// <summary>The report, to all funders or to one; null when nothing was promised to it, by it or at all.</summary>
    public FundingReport? Compose(Guid? only = null)
    {
        var sections = Funders.Where(f => only is null || f.Id == only).OrderBy(f => f.Code, StringComparer.Ordinal).Select(Section).OfType<FunderSection>().ToArray();
        if (sections.Length == 0 && (Plan is null || only is not null)) return null;

        var (first, last) = (new DateOnly(Year, 1, 1), new DateOnly(Year, 12, 31));
        var done = Entries.Where(e => !e.Withdrawn && e.Within(first, last < Today ? last : Today)).ToArray();
        return new FundingReport(Year, Today, Budget(), Sum(sections.Select(s => s.Totals)), ReportFigures.Of(done), sections, [.. MissingAtAll()], NoteOf(sections));
    }

    private FunderSection? Section(Partner funder)
    {
        var grants = Grants.Where(g => g.Terms.FunderId == funder.Id && g.Terms.Covers(Year)).OrderBy(g => g.Terms.Year).ThenByDescending(g => g.Terms.Department, StringComparer.Ordinal).ThenBy(g => g.Id).ToArray();
        var lines = (Plan?.Terms.Lines ?? []).Where(l => grants.Length > 0 ? l.IsFor(funder.Id) : l.FunderIds.Contains(funder.Id)).Select(Line).ToArray();
        if (grants.Length == 0 && lines.Length == 0 && !Grants.Any(g => g.Terms.FunderId == funder.Id && g.Terms.Reports.Any(r => r.Year == Year))) return null;

        var shown = grants.Select(g => new ReportGrant(g.Id, g.Terms.Department, g.Terms.Year, g.Terms.Season, g.Terms.Status, Of(g), g.Terms.Agreement, g.Terms.Reports.FirstOrDefault(r => r.Year == Year)?.DueOn, NoteOf(g.Terms))).ToArray();
        return new FunderSection(funder.Id, funder.Code, funder.Terms.Name, Sum(shown.Select(g => g.Totals)), shown, lines, [.. MissingOf(grants, lines)]);
    }

    /// <summary>A season's money is one sum: which part of it belongs to which calendar year nobody has agreed, so it stands whole in both reports, and both say so.</summary>
    private LocalizedText? NoteOf(GrantTerms grant) => grant.Years().FirstOrDefault(y => y != Year) is var other and > 0
        ? new LocalizedText(
            $"La subvention est celle de la saison {grant.Season} : elle est comptée en entier ici et dans le bilan {other}.",
            $"The grant is for the season {grant.Season}: it is counted whole here and in the report of {other}.")
        : null;

    private static LocalizedText? NoteOf(IReadOnlyCollection<FunderSection> sections) => sections.SelectMany(s => s.Grants).Count(g => g.Note is not null) is var shared and > 0
        ? new LocalizedText(
            $"Les totaux comptent en entier des subventions de saison ({shared}) qui figurent aussi dans le bilan de l'année voisine : d'un bilan à l'autre, ils ne s'additionnent pas.",
            $"The totals count whole what was granted for seasons ({shared}) and stands in the report of the year beside this one too: totals of two reports do not add up.")
        : null;

    private ReportLine Line(FundingLine line)
    {
        var figures = ReportFigures.Of([.. Entries.Where(e => line.Rule.Takes(e, Year, Today))]);
        var done = figures.Of(line.Measure);
        var remaining = line.Target is { } target ? Math.Max(0, target - done) : (int?)null;
        var missing = new List<MissingPart>();
        if (remaining > 0) missing.Add(Say("target-not-reached", $"Il reste {remaining} à faire sur {line.Target}.", $"{remaining} of {line.Target} are still to be done."));
        if (line.Target is null) missing.Add(Say("no-target", "Aucun objectif n'est fixé.", "No target is set."));
        if (figures.EventsNotCounted > 0) missing.Add(Say("attendance-open", $"Événements dont la présence n'est pas close : {figures.EventsNotCounted}.", $"Events whose attendance is not closed: {figures.EventsNotCounted}."));
        return new ReportLine(line.Code, line.Label, line.Rule.Kind, line.Measure, line.Target, done, remaining, figures, line.Amount, missing);
    }

    private ReportBudget? Budget()
    {
        if (Plan?.Terms is not { } terms) return null;

        var budget = terms.Budget.Amount;
        var received = terms.OwnResourcesReceived;
        return new ReportBudget(
            terms.Budget, terms.OwnResourcesPercent, terms.OwnResourcesPercent is { } percent ? Money.Euros(Math.Round(budget * percent / 100, 2)) : null, received,
            received is not null && budget > 0 ? Math.Round(100 * received.Amount / budget, 2) : null, terms.SelfFinancedPercent);
    }

    private IEnumerable<MissingPart> MissingAtAll()
    {
        if (Plan is null) yield return Say("no-plan", "Il n'y a pas de plan de financement pour cette année : ni budget, ni objectifs.", "There is no funding plan for this year: neither a budget nor targets.");
        if (Plan is { Terms.OwnResourcesReceived: null }) yield return Say("own-resources-open", "Les ressources propres encaissées ne sont pas encore saisies.", "The own resources received have not been entered yet.");
        if (Plan is { Terms.Lines.Count: 0 }) yield return Say("no-lines", "Le plan n'a aucune ligne : rien n'est rapproché des actions.", "The plan has no lines: nothing is compared with what was done.");
        if (Today <= new DateOnly(Year, 12, 31)) yield return Say("year-not-over", "L'année n'est pas finie : les chiffres du réalisé sont provisoires.", "The year is not over: what was done is provisional.");
    }

    private IEnumerable<MissingPart> MissingOf(Grant[] grants, ReportLine[] lines)
    {
        if (grants.Length == 0) yield return Say("no-grant", "Aucune subvention de ce financeur n'est enregistrée pour cette année.", "No grant of this funder is recorded for this year.");
        if (lines.Length == 0) yield return Say("no-lines", "Aucune ligne n'est rattachée à ce financeur.", "No line is tied to this funder.");
        foreach (var grant in grants)
        {
            var which = grant.Terms.Department is { } department ? $" ({department})" : "";
            if (grant.Terms.Status is GrantStatus.Requested) yield return Say("award-open", $"La décision du financeur est attendue{which}.", $"The funder's decision is awaited{which}.");
            if (grant.Terms.Status is GrantStatus.Awarded && grant.Terms.Received < grant.Terms.Promised) yield return Say("payment-open", $"Une partie de la subvention n'est pas encore versée{which}.", $"Part of the grant has not been paid yet{which}.");
            if (grant.Terms.OpenTranches().Any(t => t.DueOn < Today)) yield return Say("tranche-late", $"Une tranche attendue n'est pas arrivée{which}.", $"A tranche that was due has not come{which}.");
            if (grant.Terms.OpenReports().Any(r => r.DueOn < Today)) yield return Say("report-late", $"Un bilan est en retard{which}.", $"A report is late{which}.");
        }
    }

    private static ReportTotals Of(Grant grant) => new(grant.Terms.Amount, Money.Euros(grant.Terms.Promised), Money.Euros(grant.Terms.Received));

    private static ReportTotals Sum(IEnumerable<ReportTotals> totals) =>
        totals.Aggregate(new ReportTotals(Money.Euros(0), Money.Euros(0), Money.Euros(0)), (sum, t) =>
            new ReportTotals(Money.Euros(sum.Requested.Amount + t.Requested.Amount), Money.Euros(sum.Awarded.Amount + t.Awarded.Amount), Money.Euros(sum.Paid.Amount + t.Paid.Amount)));

    private static MissingPart Say(string code, string fr, string en) => new(code, new LocalizedText(fr, en));
}
