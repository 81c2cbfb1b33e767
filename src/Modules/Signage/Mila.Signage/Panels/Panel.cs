using System.Text.Json.Serialization;
using Mila.BuildingBlocks.Import;

namespace Mila.Signage.Panels;

/// <summary>The sign at a street shop. It is printed once; what is said of the company afterwards makes it stale, not different.</summary>
internal sealed class Panel : IDocument
{
    public const int WidthMillimetres = 400;
    public const int HeightMillimetres = 600;

    [JsonConstructor]
    private Panel(
        Guid id, string code, string spaceCode, Guid? memberId, Mounting mounting, PanelStage stage, DateOnly? foundOn, PanelContent content, PanelContent? printed, int contentVersion,
        IReadOnlyList<string> stale, DateTimeOffset updatedAt, ImportMark? import)
    {
        (Id, Code, SpaceCode, MemberId, Mounting, Stage, FoundOn) = (id, code, spaceCode, memberId, mounting, stage, foundOn);
        (Content, Printed, ContentVersion, Stale, UpdatedAt, Import) = (content, printed, contentVersion, stale, updatedAt, import);
    }

    public Guid Id { get; }

    [JsonIgnore]
    public Guid Version { get; set; }

    /// <summary>What its QR code says; never changes and is never given again, because it hangs in the street.</summary>
    public string Code { get; }

    public string SpaceCode { get; }

    /// <summary>The member that it names; null until a lease has told.</summary>
    public Guid? MemberId { get; private set; }

    public Mounting Mounting { get; private set; }

    public PanelStage Stage { get; private set; }

    public PanelContent Content { get; private set; }

    /// <summary>The day on which it was there without anybody having noted what it shows; null of one that this software saw made.</summary>
    public DateOnly? FoundOn { get; }

    /// <summary>What the print shows, once there is one; blank while nobody has noted it.</summary>
    public PanelContent? Printed { get; private set; }

    /// <summary>Grows with each change of the content: the <c>version</c> of the API.</summary>
    public int ContentVersion { get; private set; }

    /// <summary>Each <see cref="StaleReason"/> for which it does not say the truth.</summary>
    public IReadOnlyList<string> Stale { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    public ImportMark? Import { get; set; }

    /// <summary>What of its shop it takes up, alone: a shop has one panel in preparation and one that hangs.</summary>
    public string? Place => Stage switch
    {
        PanelStage.Requested or PanelStage.Approved or PanelStage.Authorised => PreparationAt(SpaceCode),
        PanelStage.Installed => $"{SpaceCode} hanging",
        _ => null,
    };

    [JsonIgnore]
    public bool IsPrinted => Printed is not null;

    public static string PreparationAt(string spaceCode) => $"{spaceCode} in preparation";

    public static Panel Request(Guid id, string code, PanelPlan plan, DateTimeOffset now) =>
        new(id, code, plan.SpaceCode, plan.MemberId, plan.Mounting, PanelStage.Requested, foundOn: null, plan.Content, printed: null, contentVersion: 1, stale: [], now, import: null);

    /// <summary>A panel that was there before this software, on that day: nobody noted what its print shows.</summary>
    public static Panel Found(Guid id, string code, string spaceCode, Mounting mounting, PanelStage stage, DateOnly on, DateTimeOffset now) =>
        new(id, code, spaceCode, memberId: null, mounting, stage, on, PanelContent.Blank, stage is PanelStage.Fabricated or PanelStage.Installed ? PanelContent.Blank : null,
            contentVersion: 1, stale: [], now, import: null);

    /// <summary>Say something else on it. True when anything changes.</summary>
    public Result<bool> Redesign(PanelPlan plan, DateTimeOffset now)
    {
        if (Stage is PanelStage.Retired) return PanelErrors.Retired;
        if (plan.SpaceCode != SpaceCode) return PanelErrors.SpaceFixed.At("/spaceCode");
        if (plan.MemberId != MemberId) return PanelErrors.MemberFixed.At("/memberId");
        if (plan.Mounting != Mounting && IsPrinted) return PanelErrors.MountingFixed;

        var remounted = plan.Mounting != Mounting;
        Mounting = plan.Mounting;
        if (remounted) Stage = PanelStage.Requested;
        return Says(plan.Content, StaleReason.ContentChanged, now) || Touch(remounted, now);
    }

    public Result Approve(DateTimeOffset now)
    {
        if (Stage is PanelStage.Retired) return PanelErrors.Retired;
        if (Stage is not PanelStage.Requested) return PanelErrors.AlreadyApproved;
        if (string.IsNullOrEmpty(Content.CompanyName)) return PanelErrors.Nameless;

        return Advance(PanelStage.Approved, now);
    }

    /// <summary>The landlord agrees to its mounting.</summary>
    public Result Authorise(DateTimeOffset now)
    {
        if (Stage is PanelStage.Retired) return PanelErrors.Retired;
        if (Mounting is not Mounting.Outdoor) return PanelErrors.NoAuthorisationNeeded;
        if (Stage is PanelStage.Requested) return PanelErrors.NotApproved;
        if (Stage is not PanelStage.Approved) return PanelErrors.AlreadyAuthorised;

        return Advance(PanelStage.Authorised, now);
    }

    public Result Fabricate(DateTimeOffset now)
    {
        if (Stage is PanelStage.Retired) return PanelErrors.Retired;
        if (Stage is PanelStage.Fabricated or PanelStage.Installed) return PanelErrors.AlreadyFabricated;
        if (Stage is PanelStage.Requested) return PanelErrors.NotApproved;
        if (Mounting is Mounting.Outdoor && Stage is not PanelStage.Authorised) return PanelErrors.NotAuthorised;
        if (Stale.Count > 0) return PanelErrors.Stale;

        Printed = Content.AsPrinted();
        return Advance(PanelStage.Fabricated, now);
    }

    public Result Install(DateTimeOffset now)
    {
        if (Stage is PanelStage.Retired) return PanelErrors.Retired;
        if (Stage is PanelStage.Installed) return PanelErrors.AlreadyInstalled;
        if (Stage is not PanelStage.Fabricated) return PanelErrors.NotFabricated;

        return Advance(PanelStage.Installed, now);
    }

    public Result Retire(DateTimeOffset now) => Stage is PanelStage.Retired ? PanelErrors.Retired : Advance(PanelStage.Retired, now);

    /// <summary>It names this member, which has the shop since a day. A print that was found shows whoever had the shop when it was found. True when anything changes.</summary>
    public bool TakeMember(Guid memberId, PanelContent? content, string status, DateOnly since, DateTimeOffset now)
    {
        if (MemberId == memberId) return Mark(StaleReason.LeaseEnded, false, now);

        // Agreed on for somebody else: agreed on no longer. One that named nobody was agreed on as it is.
        if (MemberId is not null && !IsPrinted) Stage = PanelStage.Requested;
        var after = content ?? PanelContent.Blank;
        if (Printed == PanelContent.Blank && MemberId is null && since <= FoundOn) Printed = after.AsPrinted();
        else if (IsPrinted && (Printed == PanelContent.Blank || Printed != after.AsPrinted())) Stale = [StaleReason.ContentChanged];
        else Stale = [];
        if (Content != after) ContentVersion++;
        (MemberId, Content) = (memberId, after);
        Stands(status, now);
        return Touch(true, now);
    }

    /// <summary>The member reads differently. True when the panel does too.</summary>
    public bool Follow(PanelContent? before, PanelContent after, DateTimeOffset now) => Says(Content.Following(before, after), StaleReason.MemberChanged, now);

    /// <summary>The member's status, in Membership's words. True when the panel's reasons change.</summary>
    public bool Stands(string status, DateTimeOffset now)
    {
        var suspended = Mark(StaleReason.MemberSuspended, status == "suspended", now);
        return Mark(StaleReason.MemberLeft, status == "left", now) || suspended;
    }

    /// <summary>The member no longer has the shop. True when that is news.</summary>
    public bool LoseLease(DateTimeOffset now) => Mark(StaleReason.LeaseEnded, true, now);

    private bool Says(PanelContent content, string reason, DateTimeOffset now)
    {
        if (content == Content) return false;

        // What was agreed on is no longer what it says, and has to be agreed on anew; a new web site is not on the print.
        var differs = content.AsPrinted() != Content.AsPrinted();
        if (!IsPrinted && differs) Stage = PanelStage.Requested;
        Content = content;
        ContentVersion++;
        // Nobody had noted what the print shows: this is the note.
        if (Printed == PanelContent.Blank && Stale.Count == 0) Printed = content.AsPrinted();
        else if (IsPrinted && differs) Mark(reason, true, now);
        if (IsPrinted && content.AsPrinted() == Printed) Stale = [.. Stale.Except([StaleReason.ContentChanged, StaleReason.MemberChanged], StringComparer.Ordinal)];
        return Touch(true, now);
    }

    private bool Mark(string reason, bool applies, DateTimeOffset now)
    {
        if (Stale.Contains(reason, StringComparer.Ordinal) == applies) return false;

        Stale = applies ? [.. Stale, reason] : [.. Stale.Where(r => r != reason)];
        return Touch(true, now);
    }

    private Result Advance(PanelStage stage, DateTimeOffset now)
    {
        Stage = stage;
        UpdatedAt = now;
        return Result.Done;
    }

    private bool Touch(bool changed, DateTimeOffset now)
    {
        if (changed) UpdatedAt = now;
        return changed;
    }
}
