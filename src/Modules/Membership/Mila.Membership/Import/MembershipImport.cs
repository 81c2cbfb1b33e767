using System.Text.Json.Nodes;
using Mila.BuildingBlocks.Import;
using Mila.BuildingBlocks.Time;
using Mila.BuildingBlocks.Values;
using Mila.Membership.Affiliations;
using Mila.Membership.Contacts;
using Mila.Membership.Contracts;
using Mila.Membership.Members;

namespace Mila.Membership.Import;

/// <summary>
/// The <c>members</c> of a file; and of a planned year (deploy/data/mila-2026.json) what Membership will need later, read strictly and passed over, but for the words
/// that must be the ones this module knows.
/// </summary>
internal sealed class MembershipImport(TimeProvider clock) : IImportPart
{
    public IReadOnlyList<string> Sections => ["organisation", "activities", "affiliations", "charter", "memberServices", "sharedSubscriptions", "generalAssembly", "members"];

    public async Task ImportAsync(ImportFile file, ImportReport report, IDocumentSession session, CancellationToken ct)
    {
        CheckSections(file, report);

        var house = new House(
            await session.Query<Member>().ToListAsync(ct),
            (await session.Query<Contact>().ToListAsync(ct)).ToLookup(c => c.MemberId));
        foreach (var item in file.Items<MemberItem>("members", report)) ImportMember(item, house, report, session);
    }

    private static void CheckSections(ImportFile file, ImportReport report)
    {
        Check(file.Item<OrganisationItem>("organisation", report), new OrganisationItem.Validator(), report);
        CheckWords(file, "activities", Words<Activity>(), [.. file.Items<string>("activities", report)], report);
        CheckWords(file, "affiliations", Words<Affiliation>(), [.. file.Items<AffiliationItem>("affiliations", report).Select(a => new ImportItem<string>(a.Pointer + "/code", a.Value.Code, a.Hash, a.Element))], report);
        Check(file.Item<CharterItem>("charter", report), new CharterItem.Validator(), report);
        foreach (var service in file.Items<string>("memberServices", report)) CheckText(service, report);
        foreach (var subscription in file.Items<SubscriptionItem>("sharedSubscriptions", report)) Check(subscription, new SubscriptionItem.Validator(), report);
        Check(file.Item<AssemblyItem>("generalAssembly", report), new AssemblyItem.Validator(), report);
    }

    private static string[] Words<T>()
        where T : struct, Enum => [.. Enum.GetValues<T>().Select(v => v.Word())];

    private static void CheckWords(ImportFile file, string section, string[] known, IReadOnlyList<ImportItem<string>> said, ImportReport report)
    {
        if (!file.Sections.Contains(section)) return;

        foreach (var item in said.Where(i => !known.Contains(i.Value))) report.Fault(item.Pointer, "unknown-value", Languages.Say($"Of {string.Join(", ", known)}.", $"Parmi {string.Join(", ", known)}."));
        foreach (var item in said.GroupBy(i => i.Value).SelectMany(g => g.Skip(1))) report.Fault(item.Pointer, "repeated", Languages.Say("Say this once.", "À dire une seule fois."));
        foreach (var word in known.Except(said.Select(i => i.Value))) report.Fault($"/{section}", "required", Languages.Say($"{word} is missing.", $"Il manque {word}."));
    }

    private static void CheckText(ImportItem<string> item, ImportReport report)
    {
        if (item.Value.Length is 0 or > 100) report.Fault(item.Pointer, "wrong-length", Languages.Say("From 1 to 100 characters.", "De 1 à 100 caractères."));
    }

    private static void Check<T>(ImportItem<T>? item, AbstractValidator<T> validator, ImportReport report)
    {
        if (item is not null) report.Accepts(item, validator, item.Value);
    }

    private void ImportMember(ImportItem<MemberItem> item, House house, ImportReport report, IDocumentSession session)
    {
        var (said, today) = (item.Value, ParisTime.Today(clock));
        if (!report.Accepts(item, new MemberItem.Validator(), said) | !report.Accepts(item, new MemberRequest.Validator(), said.ToRequest())) return;
        if (!house.Seen.Add(said.Id))
        {
            report.Fault(item.Pointer + "/id", "repeated", Languages.Say("Another member of the file has this id.", "Un autre adhérent du fichier a cet id."));
            return;
        }

        if (said.Siren is { } siren && house.Sirens.GetValueOrDefault(siren, said.Id) != said.Id)
        {
            report.Fault(item.Pointer + "/siren", MemberErrors.SirenTaken);
            return;
        }

        var existing = house.Members.GetValueOrDefault(said.Id);
        if (!report.Applies("members", item, existing is not null, existing?.Import)) return;

        var now = clock.GetUtcNow();
        var member = existing ?? Member.Propose(said.Id, house.NewSlug(said.Name), said.ToRequest().ToProfile(), now);
        var fields = existing?.Change(Correction.Of(existing.Import?.Said, said.ToRequest(), MemberRequest.Of(existing)).ToProfile(), now) ?? [];
        Error? refusal = null;
        if (existing is null && !member.Admit(said.AdmittedOn, today, now).Succeeded(out refusal))
        {
            report.Fault(item.Pointer + "/admittedOn", refusal);
            return;
        }

        var contactsChanged = ImportContacts(item, existing?.Import, house, report, session);
        if (existing is not null) report.Corrected("members", fields.Count > 0 || contactsChanged);
        member.Import = new ImportMark(said.Id.ToString(), item.Hash, Said(item));
        house.Know(member);
        session.Store(member);
        if (existing is null) session.Publish(member.Admitted());
        else if (fields.Count > 0 && member.IsKnown) session.Publish(member.Changed(fields));
    }

    /// <summary>Of contacts, who are personal data, only whether they are said anew can be told from it.</summary>
    private static JsonObject Said(ImportItem<MemberItem> item)
    {
        var said = Correction.Said(item.Value.ToRequest());
        said["contacts"] = new JsonArray([.. item.Parts("contacts", item.Value.Contacts).Select(c => (JsonNode)c.Hash)]);
        return said;
    }

    /// <summary>Contacts are the same when their address is; those that the file says as before, or does not name, stay as people have made them. True when one was added or reads differently.</summary>
    private bool ImportContacts(ImportItem<MemberItem> item, ImportMark? before, House house, ImportReport report, IDocumentSession session)
    {
        var now = clock.GetUtcNow();
        var changed = false;
        var contacts = house.Contacts[item.Value.Id].ToList();
        var saidBefore = (before?.Said?["contacts"] as JsonArray ?? []).Select(hash => (string)hash!).ToHashSet(StringComparer.Ordinal);
        foreach (var (part, index) in item.Parts("contacts", item.Value.Contacts).Select((c, i) => (c, i)))
        {
            var details = part.Value.ToRequest().ToDetails();
            if (item.Value.Contacts!.Take(index).Any(c => c.ToRequest().ToDetails().HasMailboxOf(details)))
            {
                report.Fault($"{part.Pointer}/email", ContactErrors.EmailTaken);
                continue;
            }

            if (saidBefore.Contains(part.Hash)) continue;

            var contact = contacts.Find(c => c.Details.HasMailboxOf(details));
            Error? refusal;
            if (contact is null) Contact.Add(Guid.CreateVersion7(now), item.Value.Id, details, isMain: false, contacts, now).Succeeded(out contact, out refusal);
            else if ((details = details with { Phone = details.Phone ?? contact.Details.Phone }) == contact.Details) continue;
            else contact.Change(details, contact.IsMain, [.. contacts.Where(c => c != contact)], now).Succeeded(out refusal);
            if (refusal is not null)
            {
                report.Fault(part.Pointer, refusal);
                continue;
            }

            changed = true;
            session.Store(contact!);
            if (contacts.Contains(contact!)) continue;

            contacts.Add(contact!);
            session.Publish(new ContactAdded(contact!.Id, contact.MemberId, now));
        }

        return changed;
    }

    /// <summary>What is there already, and what the file adds to it.</summary>
    private sealed class House(IReadOnlyList<Member> members, ILookup<Guid, Contact> contacts)
    {
        private readonly HashSet<string> _slugs = [.. members.Select(m => m.Slug)];

        public Dictionary<Guid, Member> Members { get; } = members.ToDictionary(m => m.Id);

        public Dictionary<string, Guid> Sirens { get; } = members.Where(m => m.Profile.Siren is not null).ToDictionary(m => m.Profile.Siren!, m => m.Id, StringComparer.Ordinal);

        public ILookup<Guid, Contact> Contacts => contacts;

        public HashSet<Guid> Seen { get; } = [];

        public string NewSlug(string name)
        {
            var slug = Slugs.Free(Slugs.Of(name, "membre"), _slugs);
            _slugs.Add(slug);
            return slug;
        }

        public void Know(Member member)
        {
            Members[member.Id] = member;
            if (member.Profile.Siren is { } siren) Sirens[siren] = member.Id;
        }
    }

    /// <summary>A member as a file says it: admitted, under an id that other files can name.</summary>
    internal sealed record MemberItem(
        Guid Id, string Name, DateOnly AdmittedOn, string? Siren = null, IReadOnlyList<Activity>? Activities = null, LocalizedText? Tagline = null, string? Website = null,
        string? LogoUrl = null, IReadOnlyList<string>? NotableArtists = null, IReadOnlyList<ContactItem>? Contacts = null)
    {
        public MemberRequest ToRequest() => new(Name, Siren, Activities, Tagline, Website, LogoUrl, NotableArtists);

        internal sealed class Validator : AbstractValidator<MemberItem>
        {
            public Validator()
            {
                RuleFor(m => m.Id).NotEmpty();
                RuleFor(m => m.AdmittedOn).WithinReason();
                RuleFor(m => m.Contacts!).AtMost(Contact.Most).When(m => m.Contacts is not null);
                RuleForEach(m => m.Contacts).NotNull().ChildRules(c =>
                {
                    c.RuleFor(x => x.Name).NotEmpty().MaximumLength(200);
                    c.RuleFor(x => x.Email).Mailbox();
                    c.RuleFor(x => x.Role).MaximumLength(100);
                });
            }
        }
    }

    /// <summary>A contact as a file says it.</summary>
    internal sealed record ContactItem(string Name, string Email, string? Role = null)
    {
        public ContactRequest ToRequest() => new(Name, Email, Role: Role);
    }

    /// <summary>The association itself.</summary>
    internal sealed record OrganisationItem(
        string Name, int Founded, string Street, string PostalCode, string City, string? District = null, string? TimeZone = null, IReadOnlyList<string>? Languages = null,
        int? BoardSeats = null, int? MemberCount = null, int? SupportedSinceCreation = null, BrandItem? Brand = null)
    {
        internal sealed class Validator : AbstractValidator<OrganisationItem>
        {
            public Validator()
            {
                RuleFor(o => o.Name).NotEmpty().MaximumLength(200);
                RuleFor(o => o.Founded).InclusiveBetween(1900, 2100);
                RuleFor(o => o.Street).NotEmpty().MaximumLength(200);
                RuleFor(o => o.PostalCode).Matches(@"^\d{5}\z");
                RuleFor(o => o.City).NotEmpty().MaximumLength(100);
                RuleFor(o => o.TimeZone).Equal(ParisTime.ZoneId).When(o => o.TimeZone is not null).WithErrorCode("unknown-value").WithMessage(_ => BuildingBlocks.Results.Languages.Say($"{ParisTime.ZoneId} is the only zone in use.", $"{ParisTime.ZoneId} est le seul fuseau en usage."));
                RuleForEach(o => o.Languages).Must(l => l is "fr" or "en").WithErrorCode("unknown-value").WithMessage(_ => BuildingBlocks.Results.Languages.Say("fr or en.", "fr ou en."));
                RuleFor(o => o.BoardSeats).InclusiveBetween(1, 1000);
                RuleFor(o => o.MemberCount).InclusiveBetween(0, 1_000_000);
                RuleFor(o => o.SupportedSinceCreation).InclusiveBetween(0, 1_000_000);
            }
        }
    }

    /// <summary>Its colours.</summary>
    internal sealed record BrandItem(string? Internal = null, IReadOnlyList<string>? Storefront = null);

    /// <summary>An affiliation and what people call it.</summary>
    internal sealed record AffiliationItem(string Code, LocalizedText Label);

    /// <summary>The values text.</summary>
    internal sealed record CharterItem(int Adopted, int? AnnexAdded = null, IReadOnlyList<string>? Axes = null)
    {
        internal sealed class Validator : AbstractValidator<CharterItem>
        {
            public Validator()
            {
                RuleFor(c => c.Adopted).InclusiveBetween(2002, 2100);
                RuleFor(c => c.AnnexAdded).InclusiveBetween(2002, 2100);
                RuleForEach(c => c.Axes).NotEmpty().MaximumLength(100);
            }
        }
    }

    /// <summary>A subscription that members share.</summary>
    internal sealed record SubscriptionItem(string Name, string PaidInAdvanceBy, bool Reinvoiced = false, int? SinceYear = null)
    {
        internal sealed class Validator : AbstractValidator<SubscriptionItem>
        {
            public Validator()
            {
                RuleFor(s => s.Name).NotEmpty().MaximumLength(100);
                RuleFor(s => s.PaidInAdvanceBy).NotEmpty().MaximumLength(100);
                RuleFor(s => s.SinceYear).InclusiveBetween(2002, 2100);
            }
        }
    }

    /// <summary>The general assembly of the year.</summary>
    internal sealed record AssemblyItem(string Month, IReadOnlyList<string>? Agenda = null)
    {
        internal sealed class Validator : AbstractValidator<AssemblyItem>
        {
            public Validator()
            {
                RuleFor(a => a.Month).Month();
                RuleForEach(a => a.Agenda).NotEmpty().MaximumLength(300);
            }
        }
    }
}
