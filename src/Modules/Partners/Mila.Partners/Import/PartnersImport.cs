using Mila.BuildingBlocks.Import;
using Mila.BuildingBlocks.Time;
using Mila.BuildingBlocks.Values;
using Mila.Partners.Agreements;
using Mila.Partners.Contracts;
using Mila.Partners.Discounts;
using Mila.Partners.FundingPlans;
using Mila.Partners.Grants;
using Mila.Partners.Partners;

namespace Mila.Partners.Import;

/// <summary>
/// The <c>partners</c>, <c>discounts</c> and <c>funding</c> of a planned year (deploy/data/mila-2026.json); its <c>coachingServices</c> and <c>programmes</c> say what was promised to the funders.
/// </summary>
internal sealed class PartnersImport(TimeProvider clock) : IImportPart
{
    public IReadOnlyList<string> Sections => ["partners", "discounts", "funding", "coachingServices", "programmes"];

    public async Task ImportAsync(ImportFile file, ImportReport report, IDocumentSession session, CancellationToken ct)
    {
        var funded = file.Item<FundingItem>("funding", report);
        var year = funded?.Value.BudgetYear is >= 2002 and < 2100 and var said ? said : ParisTime.Today(clock).Year;
        var agreements = (await session.Query<Agreement>().ToListAsync(ct)).ToLookup(a => a.PartnerId);
        var partners = (await session.Query<Partner>().ToListAsync(ct)).ToDictionary(p => p.Code, StringComparer.Ordinal);
        var codes = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in file.Items<PartnerItem>("partners", report))
        {
            if (!codes.Add(item.Value.Code))
            {
                report.Fault(item.Pointer + "/code", "repeated", Languages.Say("Another partner of the file has this code.", "Un autre partenaire du fichier a ce code."));
                continue;
            }

            ImportPartner(item, partners, report, session);
            if (item.Value.Reciprocity && partners.TryGetValue(item.Value.Code, out var partner)) ImportAgreement(item, partner, [.. agreements[partner.Id]], year, report, session);
        }

        var discounts = (await session.Query<Discount>().Where(d => d.Import != null).ToListAsync(ct)).ToDictionary(d => d.Import!.Key, StringComparer.Ordinal);
        ImportDiscounts([.. file.Items<DiscountItem>("discounts", report)], partners, discounts, report, session);

        var grants = (await session.Query<Grant>().Where(g => g.Import != null).ToListAsync(ct)).ToDictionary(g => g.Import!.Key, StringComparer.Ordinal);
        if (funded is not { } funding) return;

        var keys = new HashSet<string>(StringComparer.Ordinal);
        foreach (var grant in funding.Parts("grants", funding.Value.Grants))
        {
            if (!keys.Add(grant.Value.Key)) report.Fault(grant.Pointer, "repeated", Languages.Say("Another grant of the file is of this funder, department and year.", "Une autre subvention du fichier est de ce financeur, de ce service et de cette année."));
            else ImportGrant(grant, partners, grants, report, session);
        }

        var promises = Promises.Read(file, funding, partners.Values);
        ImportPlan(funding, promises, await session.Query<FundingPlan>().FirstOrDefaultAsync(p => p.Year == funding.Value.BudgetYear, ct), report, session);
    }

    private void ImportPartner(ImportItem<PartnerItem> item, Dictionary<string, Partner> known, ImportReport report, IDocumentSession session)
    {
        var request = item.Value.ToRequest();
        if (!report.Accepts(item, new PartnerRequest.Validator(), request)) return;

        var existing = known.GetValueOrDefault(request.Code);
        if (!report.Applies("partners", item, existing is not null, existing?.Import)) return;

        var now = clock.GetUtcNow();
        var partner = existing ?? Partner.Register(Guid.CreateVersion7(now), request.Code, request.ToTerms(), now);
        if (existing is null) session.Publish(new PartnerRegistered(partner.Id, partner.Code, request.Name, request.Kind.Word(), request.Reciprocity, partner.Revision, now));
        else Correct(existing, request, report, session, now);

        partner.Import = new ImportMark(request.Code, item.Hash, Correction.Said(request));
        known[request.Code] = partner;
        session.Store(partner);
    }

    private static void Correct(Partner partner, PartnerRequest said, ImportReport report, IDocumentSession session, DateTimeOffset now)
    {
        var corrected = Correction.Of(partner.Import?.Said, said, PartnerRequest.Of(partner));
        var fields = partner.Change(corrected.ToTerms(), now);
        report.Corrected("partners", fields.Count > 0);
        if (fields.Count > 0) session.Publish(new PartnerChanged(partner.Id, partner.Code, corrected.Name, corrected.Kind.Word(), corrected.Reciprocity, fields, partner.Revision, now));
    }

    /// <summary>A file that says "reciprocity" says that members of each come to the other, from the beginning of its year. Whatever people agreed on since stays.</summary>
    private void ImportAgreement(ImportItem<PartnerItem> item, Partner partner, IReadOnlyList<Agreement> known, int year, ImportReport report, IDocumentSession session)
    {
        var mark = new ImportMark(item.Value.Code, item.Hash);
        if (!report.Applies("agreements", item, known.Any(a => a.Kind is AgreementKind.Access), mark)) return;

        var now = clock.GetUtcNow();
        var terms = new AgreementTerms(new DateOnly(year, 1, 1), EndsOn: null, AgreementDirection.Reciprocal, new AgreementGrants(Events: true, Consultations: true), Document: null);
        if (!Agreement.Sign(Guid.CreateVersion7(now), partner.Id, AgreementKind.Access, terms, known, now).Succeeded(out var agreement, out _)) return;

        agreement.Import = mark;
        session.Tell(agreement, agreement.Signed(), now);
    }

    /// <summary>A discount is the same when its merchant and its offer are. When a merchant's file says one offer that it did not, and no longer says one that it did, the words of the offer were corrected.</summary>
    private void ImportDiscounts(IReadOnlyList<ImportItem<DiscountItem>> items, Dictionary<string, Partner> partners, Dictionary<string, Discount> known, ImportReport report, IDocumentSession session)
    {
        var said = items.Select(i => i.Value.Key).ToHashSet(StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in items)
        {
            if (!seen.Add(item.Value.Key)) report.Fault(item.Pointer + "/offer", "repeated", Languages.Say("The file has this offer of this merchant already.", "Le fichier a déjà cette offre de ce commerçant."));
            else ImportDiscount(item, partners, known.GetValueOrDefault(item.Value.Key) ?? Reworded(item.Value), report, session);
        }

        Discount? Reworded(DiscountItem item)
        {
            var unsaid = known.Where(d => item.IsOfTheMerchantOf(d.Key) && !said.Contains(d.Key)).Select(d => d.Value).ToArray();
            var news = said.Where(key => item.IsOfTheMerchantOf(key) && !known.ContainsKey(key)).ToArray();
            return unsaid is [var one] && news is [_] ? one : null;
        }
    }

    private void ImportDiscount(ImportItem<DiscountItem> item, Dictionary<string, Partner> partners, Discount? existing, ImportReport report, IDocumentSession session)
    {
        var partner = partners.Values.FirstOrDefault(p => p.Terms.Name == item.Value.Partner);
        var request = new DiscountRequest(item.Value.Partner, item.Value.Offer, partner?.Id, Category: item.Value.Category ?? Promises.CategoryOf(item.Value.Offer));
        if (!report.Accepts(item, new DiscountRequest.Validator(), request)) return;
        if (!report.Applies("discounts", item, existing is not null, existing?.Import)) return;

        var now = clock.GetUtcNow();
        var discount = existing;
        Error? refusal;
        if (existing is null) Discount.Negotiate(Guid.CreateVersion7(now), request.ToTerms(), now).Succeeded(out discount, out refusal);
        else refusal = Correct(existing, item.Value.Category is null ? request with { Category = existing.Terms.Category } : request, report, now);
        if (refusal is not null)
        {
            report.Fault(item.Pointer, refusal);
            return;
        }

        discount!.Import = new ImportMark(item.Value.Key, item.Hash, Correction.Said(request));
        session.Store(discount);
    }

    private static Error? Correct(Discount discount, DiscountRequest said, ImportReport report, DateTimeOffset now)
    {
        var before = DiscountRequest.Of(discount);
        var corrected = Correction.Of(discount.Import?.Said, said, before);
        return report.Corrected("discounts", before, corrected) && !discount.Change(corrected.ToTerms(), now).Succeeded(out var refusal) ? refusal : null;
    }

    private void ImportGrant(ImportItem<GrantItem> item, Dictionary<string, Partner> partners, Dictionary<string, Grant> known, ImportReport report, IDocumentSession session)
    {
        var said = item.Value;
        if (partners.GetValueOrDefault(said.Funder) is not { Terms.Kind: PartnerKind.Funder } funder)
        {
            report.Fault(item.Pointer + "/funder", GrantErrors.UnknownFunder.Code, Languages.Say("There is no funder of this code.", "Aucun financeur ne porte ce code."));
            return;
        }

        var years = Promises.YearsOf(said.Agreement);
        var request = new GrantRequest(funder.Id, said.Year, Money.Euros(said.AmountEuros), said.Department, said.Season, said.StatusOfOurs(), said.Agreement, years?.From, years?.To);
        if (!report.Accepts(item, new GrantRequest.Validator(), request, GrantItem.Names)) return;

        var existing = known.GetValueOrDefault(said.Key);
        if (!report.Applies("grants", item, existing is not null, existing?.Import)) return;

        var now = clock.GetUtcNow();
        var grant = existing;
        Error? refusal;
        if (existing is null) Grant.Request(Guid.CreateVersion7(now), request.ToTerms(), now).Succeeded(out grant, out refusal);
        else refusal = Correct(existing, request, report, now);
        if (refusal is not null)
        {
            report.Fault(item.Pointer, refusal);
            return;
        }

        grant!.Import = new ImportMark(said.Key, item.Hash, Correction.Said(request));
        session.Store(grant);
    }

    private static Error? Correct(Grant grant, GrantRequest said, ImportReport report, DateTimeOffset now)
    {
        var before = GrantRequest.Of(grant);
        var corrected = Correction.Of(grant.Import?.Said, said, before);
        // A grant never goes backwards: what staff know by now stays when it is ahead of the file.
        corrected = corrected with { Status = (GrantStatus)Math.Max((int)corrected.Status, (int)before.Status) };
        return report.Corrected("grants", before, corrected) && !grant.Change(corrected.ToTerms(), now).Succeeded(out var refusal) ? refusal : null;
    }

    private void ImportPlan(ImportItem<FundingItem> item, Promises promises, FundingPlan? existing, ImportReport report, IDocumentSession session)
    {
        var said = item.Value;
        var request = new FundingPlanRequest(said.BudgetYear, Money.Euros(said.BudgetEuros), said.OwnResourcesShare * 100, said.SelfFinancedShare * 100, Lines: promises.Lines);
        var faults = new FundingPlanRequest.Validator().Faults(request).ToLookup(promises.IsOfLine);
        foreach (var fault in faults[true]) report.Fault(promises.AtItsPlace(fault));
        if (!report.Accepts(item, [.. faults[false]], FundingItem.Names) || faults[true].Any()) return;

        // Grants stand in the same section; their changes are their own.
        var whole = item with { Hash = Promises.HashOf(request) };
        if (!report.Applies("fundingPlans", whole, existing is not null, existing?.Import)) return;

        var now = clock.GetUtcNow();
        var plan = existing;
        Error? refusal;
        if (existing is null) FundingPlan.Draw(Guid.CreateVersion7(now), said.BudgetYear, request.ToTerms(), now).Succeeded(out plan, out refusal);
        else refusal = Correct(existing, request, report, now);
        if (refusal is not null)
        {
            report.Fault(item.Pointer, refusal);
            return;
        }

        plan!.Import = new ImportMark(item.Pointer, whole.Hash, Correction.Said(request));
        session.Store(plan);
    }

    private static Error? Correct(FundingPlan plan, FundingPlanRequest said, ImportReport report, DateTimeOffset now)
    {
        var (before, saidBefore) = (FundingPlanRequest.Of(plan), plan.Import?.Said);
        var corrected = Correction.Of(saidBefore, said with { Lines = null }, before with { Lines = null }) with { Lines = Promises.Corrected(saidBefore?["lines"], said.Lines!, before.Lines!) };
        return report.Corrected("fundingPlans", before, corrected) && !plan.Change(corrected.ToTerms(), now).Succeeded(out var refusal) ? refusal : null;
    }

    /// <summary>A partner as the file says it.</summary>
    internal sealed record PartnerItem(
        string Code, string Name, PartnerKind Kind, bool Reciprocity = false, bool MilaIsMember = false, bool Followed = false, int? Since = null, string? Note = null,
        IReadOnlyList<string>? Departments = null, Exchange? Exchange = null, bool Webhooks = false)
    {
        public PartnerRequest ToRequest() => new(Code, Name, Kind, Reciprocity, MilaIsMember, Followed, Since, Note, Departments, Exchange);
    }

    /// <summary>A discount as the file says it.</summary>
    internal sealed record DiscountItem(string Partner, string Offer, DiscountCategory? Category = null)
    {
        /// <summary>What makes it the same discount when the file is imported again.</summary>
        public string Key => $"{Partner}\n{Offer}";

        /// <summary>Whether the merchant of this item made the offer under a key; once the merchant alone was the key.</summary>
        public bool IsOfTheMerchantOf(string key) => key == Partner || key.StartsWith(Partner + "\n", StringComparison.Ordinal);
    }

    /// <summary>The year's money as the file says it.</summary>
    internal sealed record FundingItem(int BudgetYear, decimal BudgetEuros, decimal SelfFinancedShare, decimal OwnResourcesShare, IReadOnlyList<GrantItem>? Grants = null)
    {
        /// <summary>What the request calls otherwise.</summary>
        public static readonly (string, string)[] Names =
            [("/year", "/budgetYear"), ("/budget", "/budgetEuros"), ("/ownResourcesPercent", "/ownResourcesShare"), ("/selfFinancedPercent", "/selfFinancedShare")];
    }

    /// <summary>A grant as the file says it.</summary>
    internal sealed record GrantItem(string Funder, int Year, decimal AmountEuros, GrantWord Status = GrantWord.Requested, string? Department = null, string? Season = null, string? Agreement = null)
    {
        /// <summary>What the request calls otherwise.</summary>
        public static readonly (string, string)[] Names = [("/amount", "/amountEuros"), ("/funderId", "/funder"), ("/agreementFrom", "/agreement"), ("/agreementTo", "/agreement")];

        /// <summary>What makes it the same grant when the file is imported again.</summary>
        public string Key => $"{Funder}/{Department}/{Year}";

        public GrantStatus StatusOfOurs() => Status == GrantWord.Granted ? GrantStatus.Awarded : Enum.Parse<GrantStatus>(Status.ToString());
    }

    /// <summary>The file says <c>granted</c> where we say <c>awarded</c>.</summary>
    internal enum GrantWord
    {
        Requested,
        Granted,
        Awarded,
        Paid,
        Reported,
    }
}
