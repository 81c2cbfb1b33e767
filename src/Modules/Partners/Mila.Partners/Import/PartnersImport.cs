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
        foreach (var item in file.Items<PartnerItem>("partners", report))
        {
            ImportPartner(item, partners, report, session);
            if (item.Value.Reciprocity && partners.TryGetValue(item.Value.Code, out var partner)) ImportAgreement(item, partner, [.. agreements[partner.Id]], year, report, session);
        }

        var discounts = (await session.Query<Discount>().Where(d => d.Import != null).ToListAsync(ct)).ToDictionary(d => d.Import!.Key, StringComparer.Ordinal);
        foreach (var item in file.Items<DiscountItem>("discounts", report)) ImportDiscount(item, partners, discounts, report, session);

        var grants = (await session.Query<Grant>().Where(g => g.Import != null).ToListAsync(ct)).ToDictionary(g => g.Import!.Key, StringComparer.Ordinal);
        if (funded is not { } funding) return;

        foreach (var (grant, index) in (funding.Value.Grants ?? []).Select((g, i) => (g, i))) ImportGrant(grant, $"{funding.Pointer}/grants/{index}", funding.Hash, partners, grants, report, session);

        var promises = Promises.Read(file, funding, partners.Values);
        ImportPlan(funding, promises, await session.Query<FundingPlan>().FirstOrDefaultAsync(p => p.Year == funding.Value.BudgetYear, ct), report, session);
    }

    private void ImportPartner(ImportItem<PartnerItem> item, Dictionary<string, Partner> known, ImportReport report, IDocumentSession session)
    {
        var request = item.Value.ToRequest();
        if (!Valid(new PartnerRequest.Validator(), request, item.Pointer, report)) return;

        var existing = known.GetValueOrDefault(request.Code);
        if (!report.Applies("partners", item, existing is not null, existing?.Import)) return;

        var now = clock.GetUtcNow();
        var partner = existing ?? Partner.Register(Guid.CreateVersion7(now), request.Code, request.ToTerms(), now);
        if (existing is null) session.Publish(new PartnerRegistered(partner.Id, partner.Code, request.Name, request.Kind.Word(), request.Reciprocity, partner.Revision, now));
        else if (partner.Change(request.ToTerms() with { ContactEmail = partner.Terms.ContactEmail, Proofs = partner.Terms.Proofs, ToldOf = partner.Terms.ToldOf }, now) is { Count: > 0 } fields)
            session.Publish(new PartnerChanged(partner.Id, partner.Code, request.Name, request.Kind.Word(), request.Reciprocity, fields, partner.Revision, now));

        partner.Import = new ImportMark(request.Code, item.Hash);
        known[request.Code] = partner;
        session.Store(partner);
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

    private void ImportDiscount(ImportItem<DiscountItem> item, Dictionary<string, Partner> partners, Dictionary<string, Discount> known, ImportReport report, IDocumentSession session)
    {
        var partner = partners.Values.FirstOrDefault(p => p.Terms.Name == item.Value.Partner);
        var request = new DiscountRequest(item.Value.Partner, item.Value.Offer, partner?.Id, Category: item.Value.Category ?? Promises.CategoryOf(item.Value.Offer));
        if (!Valid(new DiscountRequest.Validator(), request, item.Pointer, report)) return;

        var existing = known.GetValueOrDefault(item.Value.Partner);
        if (!report.Applies("discounts", item, existing is not null, existing?.Import)) return;

        var now = clock.GetUtcNow();
        var discount = existing;
        if (existing is null) Discount.Negotiate(Guid.CreateVersion7(now), request.ToTerms(), now).Succeeded(out discount, out _);
        else if (!existing.Change(existing.Terms with { Offer = request.Offer }, now).Succeeded(out var refusal))
        {
            report.Fault(item.Pointer, refusal);
            return;
        }

        discount!.Import = new ImportMark(item.Value.Partner, item.Hash);
        known[item.Value.Partner] = discount;
        session.Store(discount);
    }

    private void ImportGrant(
        GrantItem item, string pointer, string hash, Dictionary<string, Partner> partners, Dictionary<string, Grant> known, ImportReport report, IDocumentSession session)
    {
        if (partners.GetValueOrDefault(item.Funder) is not { Terms.Kind: PartnerKind.Funder } funder)
        {
            report.Fault(pointer + "/funder", GrantErrors.UnknownFunder.Code, Languages.Say("There is no funder of this code.", "Aucun financeur ne porte ce code."));
            return;
        }

        var years = Promises.YearsOf(item.Agreement);
        var request = new GrantRequest(funder.Id, item.Year, Money.Euros(item.AmountEuros), item.Department, item.Season, item.StatusOfOurs(), item.Agreement, years?.From, years?.To);
        if (!Valid(new GrantRequest.Validator(), request, pointer, report)) return;

        var key = $"{item.Funder}/{item.Department}/{item.Year}";
        var existing = known.GetValueOrDefault(key);
        if (!report.Applies("grants", new ImportItem<GrantItem>(pointer, item, hash), existing is not null, existing?.Import)) return;

        var now = clock.GetUtcNow();
        var grant = existing;
        if (existing is null)
        {
            if (!Grant.Request(Guid.CreateVersion7(now), request.ToTerms(), now).Succeeded(out grant, out var fault))
            {
                report.Fault(pointer, fault);
                return;
            }
        }
        // What staff know by now stays when it is ahead of the file.
        else if (!existing.Change(request.ToTerms() with { Status = (GrantStatus)Math.Max((int)request.Status, (int)existing.Terms.Status), Awarded = existing.Terms.Awarded, Tranches = existing.Terms.Tranches, Reports = existing.Terms.Reports }, now).Succeeded(out var refusal))
        {
            report.Fault(pointer, refusal);
            return;
        }

        grant!.Import = new ImportMark(key, hash);
        known[key] = grant;
        session.Store(grant);
    }

    private void ImportPlan(ImportItem<FundingItem> item, Promises promises, FundingPlan? existing, ImportReport report, IDocumentSession session)
    {
        var (file, mark) = (item.Value, new ImportMark(item.Pointer, item.Hash + promises.Hash));
        var request = new FundingPlanRequest(
            file.BudgetYear, Money.Euros(file.BudgetEuros), file.OwnResourcesShare * 100, file.SelfFinancedShare * 100, existing?.Terms.OwnResourcesReceived, promises.With(existing?.Terms.Lines ?? []));
        if (!Valid(new FundingPlanRequest.Validator(), request, item.Pointer, report)) return;
        if (!report.Applies("fundingPlans", item with { Hash = mark.Hash }, existing is not null, existing?.Import)) return;

        var now = clock.GetUtcNow();
        var plan = existing;
        if (existing is null) FundingPlan.Draw(Guid.CreateVersion7(now), file.BudgetYear, request.ToTerms(), now).Succeeded(out plan, out _);
        else if (!existing.Change(request.ToTerms(), now).Succeeded(out var refusal))
        {
            report.Fault(item.Pointer, refusal);
            return;
        }

        plan!.Import = mark;
        session.Store(plan);
    }

    private static bool Valid<T>(AbstractValidator<T> validator, T request, string pointer, ImportReport report)
    {
        var faults = validator.Faults(request);
        foreach (var fault in faults) report.Fault(fault with { Pointer = pointer + fault.Pointer });
        return faults.Count == 0;
    }

    /// <summary>A partner as the file says it.</summary>
    internal sealed record PartnerItem(
        string Code, string Name, PartnerKind Kind, bool Reciprocity = false, bool MilaIsMember = false, bool Followed = false, int? Since = null, string? Note = null,
        IReadOnlyList<string>? Departments = null, Exchange? Exchange = null, bool Webhooks = false)
    {
        public PartnerRequest ToRequest() => new(Code, Name, Kind, Reciprocity, MilaIsMember, Followed, Since, Note, Departments, Exchange);
    }

    /// <summary>A discount as the file says it: one a partner.</summary>
    internal sealed record DiscountItem(string Partner, string Offer, DiscountCategory? Category = null);

    /// <summary>The year's money as the file says it.</summary>
    internal sealed record FundingItem(int BudgetYear, decimal BudgetEuros, decimal SelfFinancedShare, decimal OwnResourcesShare, IReadOnlyList<GrantItem>? Grants = null);

    /// <summary>A grant as the file says it.</summary>
    internal sealed record GrantItem(string Funder, int Year, decimal AmountEuros, GrantWord Status = GrantWord.Requested, string? Department = null, string? Season = null, string? Agreement = null)
    {
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
