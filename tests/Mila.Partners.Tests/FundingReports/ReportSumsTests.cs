using CsCheck;
using Mila.BuildingBlocks.Values;
using Mila.Coaching.Contracts;
using Mila.Partners.Evidence;
using Mila.Partners.FundingPlans;
using Mila.Partners.FundingReports;
using Mila.Partners.Partners;

namespace Mila.Partners.Tests.FundingReports;

/// <summary>Whatever was done, the report says neither more nor less of it than the ledger does.</summary>
public class ReportSumsTests
{
    private static readonly DateTimeOffset At = new(2026, 12, 31, 12, 0, 0, TimeSpan.Zero);
    private static readonly Guid[] Members = [.. Enumerable.Range(1, 5).Select(n => new Guid(n, 0, 0, new byte[8]))];
    private static readonly string[] Programmes = ["club-mila", "codev", "crescendo"];
    private static readonly string[] Services = ["structuring-diagnostic", "expert-consultation"];
    private static readonly Partner Funder = Partner.Register(new Guid(99, 0, 0, new byte[8]), "city", new PartnerRequest("city", "City", PartnerKind.Funder).ToTerms(), At);

    private static readonly Gen<EvidenceEntry> Events = Gen.Select(Gen.Int[0, 2], Gen.Int[0, 500], Gen.Int[15, 600], Gen.Int[-1, 40], Gen.Int[0, 31], Gen.Int[0, 4], Gen.Bool).Select((programme, day, minutes, attended, members, others, off) =>
    {
        var (id, start) = (Guid.CreateVersion7(), At.AddDays(-day));
        var entry = EvidenceEntry.Event(id);
        entry.Held(new(id, "s", Programmes[programme], start, start.AddMinutes(minutes), [], 1, At));
        Guid[] came = [.. Members.Where((_, i) => (members & (1 << i)) != 0)];
        if (attended >= 0) entry.Counted(new(id, Programmes[programme], start, start.AddMinutes(minutes), attended, attended / 3, came.Length + others, came, 1, At));
        if (off) entry.CalledOff(new(id, "s", Programmes[programme], null, null, [], 2, At));
        return entry;
    });

    private static readonly Gen<EvidenceEntry> Appointments = Gen.Select(Gen.Int[0, 1], Gen.Int[0, 500], Gen.Int[30, 120], Gen.Int[0, 4]).Select((service, day, minutes, member) =>
    {
        var entry = EvidenceEntry.Appointment(Guid.CreateVersion7());
        entry.Completed(new AppointmentCompleted(entry.Id, Members[member], Services[service], At.AddDays(-day), minutes, 1, At));
        return entry;
    });

    private static readonly Gen<EvidenceEntry> Leases = Gen.Select(Gen.Int[0, 900], Gen.Int[0, 900], Gen.Int[0, 4]).Select((start, length, member) =>
    {
        var first = new DateOnly(2025, 1, 1).AddDays(start);
        var entry = EvidenceEntry.Lease(Guid.CreateVersion7());
        entry.Runs(Members[member], "office", first, first.AddDays(length), At);
        return entry;
    });

    private static readonly Gen<EvidenceEntry[]> Ledgers = Gen.OneOf(Events, Appointments, Leases).Array[0, 40];

    [Fact]
    public void What_was_done_in_the_year_is_the_sum_of_the_ledger() => Ledgers.Sample(ledger =>
    {
        var done = ReportOf(ledger).Done;
        var (counted, minutes, attended, companies) = (0, 0, 0, new HashSet<Guid>());
        foreach (var entry in ledger.Where(e => !e.Withdrawn && e.StartsOn <= new DateOnly(2026, 12, 31) && e.EndsOn >= new DateOnly(2026, 1, 1)))
        {
            counted++;
            minutes += entry.Minutes;
            attended += entry.Attended ?? 0;
            companies.UnionWith(entry.MemberIds);
        }

        (done.Events + done.Appointments + done.Leases + done.Works, done.Attendance, done.Companies, done.Hours).ShouldBe((counted, attended, companies.Count, Math.Round(minutes / 60m, 2)));
    });

    [Fact]
    public void Lines_that_share_the_ledger_out_add_up_to_it() => Ledgers.Sample(ledger =>
    {
        var report = ReportOf(ledger);
        var lines = report.Funders.Single().Lines;

        lines.Sum(l => l.Figures.Events).ShouldBe(report.Done.Events);
        lines.Sum(l => l.Figures.Appointments).ShouldBe(report.Done.Appointments);
        lines.Sum(l => l.Figures.Leases).ShouldBe(report.Done.Leases);
        lines.Sum(l => l.Figures.Attendance).ShouldBe(report.Done.Attendance);
        lines.Sum(l => l.Figures.NoShow).ShouldBe(report.Done.NoShow);
        lines.Sum(l => l.Figures.OtherOrganisations).ShouldBe(report.Done.OtherOrganisations);
        Math.Abs(lines.Sum(l => l.Figures.Hours) - report.Done.Hours).ShouldBeLessThanOrEqualTo(0.005m * (lines.Count + 1));
        foreach (var line in lines.Where(l => l.Planned is not null)) (line.Done + line.Remaining!.Value).ShouldBeGreaterThanOrEqualTo(line.Planned!.Value);
    });

    [Fact]
    public void A_line_counts_what_its_rule_takes_and_a_company_once() => Ledgers.Sample(ledger =>
    {
        var line = ReportOf(ledger, new FundingLine("x", new LocalizedText("x"), [], FundingMeasure.Companies, 3, null,
            new EvidenceRule(EvidenceKind.Event, ["club-mila"], [], [], new DateOnly(2026, 3, 1), new DateOnly(2026, 5, 31)))).Funders.Single().Lines.Single();
        var expected = ledger.Where(e => e is { Withdrawn: false, Kind: EvidenceKind.Event, Programme: "club-mila" } && e.StartsOn <= new DateOnly(2026, 5, 31) && e.EndsOn >= new DateOnly(2026, 3, 1)).ToArray();
        (line.Figures.Events, line.Done).ShouldBe((expected.Length, expected.SelectMany(e => e.MemberIds).Distinct().Count()));
    });

    [Fact]
    public void What_begins_tomorrow_does_not_count_today()
    {
        var lease = EvidenceEntry.Lease(Guid.CreateVersion7());
        lease.Runs(Members[0], "office", new DateOnly(2026, 6, 1), new DateOnly(2027, 5, 31), At);

        ReportOf([lease], new DateOnly(2026, 5, 31)).Done.Leases.ShouldBe(0);
        ReportOf([lease], new DateOnly(2026, 6, 1)).Done.Leases.ShouldBe(1);
    }

    private static FundingReport ReportOf(EvidenceEntry[] ledger, params FundingLine[] lines) => ReportOf(ledger, new DateOnly(2027, 6, 30), lines);

    private static FundingReport ReportOf(EvidenceEntry[] ledger, DateOnly today, params FundingLine[] lines)
    {
        if (lines.Length == 0)
        {
            lines =
            [
                .. Programmes.Select(p => new FundingLine(p, new LocalizedText(p), [Funder.Id], FundingMeasure.Items, 9, null, new EvidenceRule(EvidenceKind.Event, [p], [], []))),
                .. Services.Select(s => new FundingLine(s, new LocalizedText(s), [Funder.Id], FundingMeasure.Items, 30, null, new EvidenceRule(EvidenceKind.Appointment, [], [s], []))),
                new FundingLine("offices", new LocalizedText("offices"), [Funder.Id], FundingMeasure.Items, null, null, new EvidenceRule(EvidenceKind.Lease, [], [], [])),
            ];
        }

        FundingPlan.Draw(Guid.CreateVersion7(), 2026, new FundingTerms(Money.Euros(1000), 61, null, null, [.. lines.Select(l => l with { FunderIds = [Funder.Id] })]), At).Succeeded(out var plan, out _).ShouldBeTrue();
        return new ReportComposition(2026, plan, [], [Funder], ledger, today).Compose()!;
    }
}
