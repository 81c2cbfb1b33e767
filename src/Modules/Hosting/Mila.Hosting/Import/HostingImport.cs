using Mila.BuildingBlocks.Import;
using Mila.BuildingBlocks.Time;
using Mila.Hosting.Leases;
using Mila.Hosting.Members;
using Mila.Hosting.Rooms;
using Mila.Hosting.Spaces;

namespace Mila.Hosting.Import;

/// <summary>
/// The <c>spaces</c> and <c>leases</c> of a file; and of a planned year (deploy/data/mila-2026.json) the <c>hostingRules</c>, which must be the ones that this module
/// applies, and the renovations, read strictly and passed over.
/// </summary>
internal sealed class HostingImport(TimeProvider clock) : IImportPart
{
    public IReadOnlyList<string> Sections => ["spaces", "hostingRules", "renovationItems", "renovations", "leases"];

    public async Task ImportAsync(ImportFile file, ImportReport report, IDocumentSession session, CancellationToken ct)
    {
        var spaces = (await session.Query<Space>().ToListAsync(ct)).ToDictionary(s => s.Code, StringComparer.Ordinal);
        var codes = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in file.Items<SpaceRequest>("spaces", report))
        {
            if (!codes.Add(item.Value.Code)) report.Fault(item.Pointer + "/code", "repeated", Languages.Say("Another space of the file has this code.", "Un autre local du fichier a ce code."));
            else ImportSpace(item, spaces, report, session);
        }

        CheckRules(file.Item<RulesItem>("hostingRules", report), report);
        CheckRenovations(file, report);
        await ImportLeasesAsync([.. file.Items<LeaseItem>("leases", report)], spaces, report, session, ct);
    }

    private void ImportSpace(ImportItem<SpaceRequest> item, Dictionary<string, Space> known, ImportReport report, IDocumentSession session)
    {
        var request = item.Value;
        if (!report.Accepts(item, new SpaceRequest.Validator(), request)) return;

        var existing = known.GetValueOrDefault(request.Code);
        if (existing is not null && existing.Kind != request.Kind)
        {
            report.Fault(item.Pointer + "/kind", SpaceErrors.KindFixed);
            return;
        }

        if (!report.Applies("spaces", item, existing is not null, existing?.Import)) return;

        var now = clock.GetUtcNow();
        var space = existing ?? Space.Open(Guid.CreateVersion7(now), request.Code, request.Kind, request.ToPlan(), now);
        var changed = existing is null || Correct(existing, request, report, now);
        space.Import = new ImportMark(request.Code, item.Hash, Correction.Said(request));
        known[request.Code] = space;
        session.Store(space);
        if (existing is null) session.Publish(space.Opened());
        if (changed && space.Plan.Bookable) session.Publish(new RoomMayBeFree(space.Id, space.Code));
    }

    private static bool Correct(Space space, SpaceRequest said, ImportReport report, DateTimeOffset now)
    {
        var before = SpaceRequest.Of(space);
        var corrected = Correction.Of(space.Import?.Said, said, before);
        // A file that does not say where a space is does not unsay it.
        corrected = corrected with { Position = corrected.Position ?? before.Position };
        var changed = report.Corrected("spaces", before, corrected);
        if (changed) space.Replan(corrected.ToPlan(), now);
        return changed;
    }

    private static void CheckRules(ImportItem<RulesItem>? rules, ImportReport report)
    {
        if (rules is null) return;

        if (rules.Value.MaximumTermMonths != Occupancy.MaximumTermMonths)
        {
            report.Fault(rules.Pointer + "/maximumTermMonths", "unknown-value", Languages.Say($"The rule in force is {Occupancy.MaximumTermMonths} months.", $"La règle en vigueur est de {Occupancy.MaximumTermMonths} mois."));
        }

        if (!rules.Value.AppliesTo.Order().SequenceEqual(Enum.GetValues<SpaceKind>().Where(Occupancy.Counts).Order()))
        {
            report.Fault(rules.Pointer + "/appliesTo", "unknown-value", Languages.Say("The rule in force applies to office, desk and studio.", "La règle en vigueur s’applique à office, desk et studio."));
        }
    }

    private static void CheckRenovations(ImportFile file, ImportReport report)
    {
        foreach (var item in file.Items<string>("renovationItems", report))
        {
            if (item.Value.Length is 0 or > 100) report.Fault(item.Pointer, "wrong-length", Languages.Say("From 1 to 100 characters.", "De 1 à 100 caractères."));
        }

        foreach (var item in file.Items<RenovationItem>("renovations", report)) report.Accepts(item, new RenovationItem.Validator(), item.Value);
    }

    private async Task ImportLeasesAsync(List<ImportItem<LeaseItem>> items, Dictionary<string, Space> spaces, ImportReport report, IDocumentSession session, CancellationToken ct)
    {
        if (items.Count == 0) return;

        // As when one lease is signed: members before spaces; and each in one order, so that two imports do not wait for each other.
        var members = new Dictionary<Guid, KnownMember>();
        foreach (var id in items.Select(i => i.Value.MemberId).Distinct().Order())
        {
            if (await session.LoadLockedAsync<KnownMember>(id, ct) is { } member) members[id] = member;
        }

        foreach (var id in items.Select(i => spaces.GetValueOrDefault(i.Value.SpaceCode)?.Id).OfType<Guid>().Distinct().Order()) await session.LoadLockedAsync<Space>(id, ct);

        var leases = (await session.Query<Lease>().ToListAsync(ct)).ToDictionary(l => l.Id);
        var seen = new HashSet<Guid>();
        foreach (var item in items)
        {
            if (!seen.Add(item.Value.Id)) report.Fault(item.Pointer + "/id", "repeated", Languages.Say("Another lease of the file has this id.", "Une autre mise à disposition du fichier a cet id."));
            else ImportLease(item, members, spaces, leases, report, session);
        }
    }

    private void ImportLease(
        ImportItem<LeaseItem> item, Dictionary<Guid, KnownMember> members, Dictionary<string, Space> spaces, Dictionary<Guid, Lease> leases, ImportReport report, IDocumentSession session)
    {
        var said = item.Value;
        if (!report.Accepts(item, new LeaseItem.Validator(), said)) return;
        if (leases.GetValueOrDefault(said.Id) is { } existing)
        {
            if (existing.Import?.Hash == item.Hash) report.Applies("leases", item, exists: true, existing.Import);
            else report.Fault(item.Pointer, "lease-exists", Languages.Say("A lease of this id exists already; it changes by renewal and termination only.", "Une mise à disposition de cet id existe déjà ; elle ne change que par renouvellement et par résiliation."));
            return;
        }

        if (!spaces.TryGetValue(said.SpaceCode, out var space))
        {
            report.Fault(item.Pointer + "/spaceCode", LeaseErrors.UnknownSpace);
            return;
        }

        if (!members.TryGetValue(said.MemberId, out var member))
        {
            report.Fault(item.Pointer + "/memberId", LeaseErrors.UnknownMember);
            return;
        }

        Lease[] ofSpace = [.. leases.Values.Where(l => l.SpaceCode == said.SpaceCode)];
        Lease[] ofMember = [.. leases.Values.Where(l => l.MemberId == said.MemberId)];
        if (!Lease.Sign(said.Id, member, space, new Period(said.StartsOn, said.EndsOn), note: null, ofSpace, ofMember, ParisTime.Today(clock), clock.GetUtcNow()).Succeeded(out var lease, out var refusal))
        {
            report.Fault(item.Pointer, refusal);
            return;
        }

        report.Applies("leases", item, exists: false, mark: null);
        lease.Import = new ImportMark(said.Id.ToString(), item.Hash);
        leases[lease.Id] = lease;
        session.Store(lease);
        session.PublishSigned(lease);
    }

    /// <summary>The rules of hosting.</summary>
    internal sealed record RulesItem(int MaximumTermMonths, IReadOnlyList<SpaceKind> AppliesTo, string? Reason = null);

    /// <summary>A renovation of a shop.</summary>
    internal sealed record RenovationItem(string Structure, int CompletedYear)
    {
        internal sealed class Validator : AbstractValidator<RenovationItem>
        {
            public Validator()
            {
                RuleFor(r => r.Structure).NotEmpty().MaximumLength(200);
                RuleFor(r => r.CompletedYear).InclusiveBetween(2002, 2100);
            }
        }
    }

    /// <summary>A lease as a file says it: under an id, so that importing it again is seen as that.</summary>
    internal sealed record LeaseItem(Guid Id, Guid MemberId, string SpaceCode, DateOnly StartsOn, DateOnly EndsOn)
    {
        internal sealed class Validator : AbstractValidator<LeaseItem>
        {
            public Validator()
            {
                RuleFor(l => l.Id).NotEmpty();
                RuleFor(l => l.MemberId).NotEmpty();
                RuleFor(l => l.SpaceCode).SpaceCode();
                RuleFor(l => l.StartsOn).WithinReason();
                RuleFor(l => l.EndsOn).WithinReason();
            }
        }
    }
}
