using Mila.Partners.Partners;
using Mila.Partners.Webhooks.Announcements;

namespace Mila.Partners.Webhooks.Types;

/// <summary>A type of message.</summary>
/// <param name="Name"><c>resource.verb</c>, the verb in the past.</param>
/// <param name="Description">One sentence.</param>
/// <param name="Reach">Which partners are told beside MILA itself, which is told everything.</param>
/// <param name="Thin">What its data is by default.</param>
/// <param name="Full">What its data is for endpoints that asked for the full public form; null where there is none.</param>
/// <param name="IsTombstone">Whether what it is about is no longer there for receivers: forget it.</param>
internal sealed record EventType(string Name, string Description, Reach Reach, Type Thin, Type? Full = null, bool IsTombstone = false)
{
    /// <summary>What has happened, and who is told.</summary>
    public string Sentences => $"{Description} {Reaches.Of(Reach).En}";
}

/// <summary>What webhooks announce (API.md W4).</summary>
internal static class EventTypes
{
    internal const string EventPublished = "event.published";
    internal const string EventChanged = "event.changed";
    internal const string EventMoved = "event.moved";
    internal const string EventCancelled = "event.cancelled";
    internal const string EventUnpublished = "event.unpublished";
    internal const string EventHeld = "event.held";
    internal const string RegistrationConfirmed = "registration.confirmed";
    internal const string RegistrationWaitlisted = "registration.waitlisted";
    internal const string RegistrationOffered = "registration.offered";
    internal const string RegistrationDeclined = "registration.declined";
    internal const string RegistrationExpired = "registration.expired";
    internal const string RegistrationCancelled = "registration.cancelled";
    internal const string RegistrationAttended = "registration.attended";
    internal const string RegistrationMissed = "registration.missed";
    internal const string MemberJoined = "member.joined";
    internal const string MemberChanged = "member.changed";
    internal const string MemberSuspended = "member.suspended";
    internal const string MemberReinstated = "member.reinstated";
    internal const string MemberLeft = "member.left";
    internal const string LeaseStarted = "lease.started";
    internal const string LeaseRenewed = "lease.renewed";
    internal const string LeaseEnded = "lease.ended";
    internal const string PanelInstalled = "panel.installed";
    internal const string PanelRetired = "panel.retired";
    internal const string PartnerRegistered = "partner.registered";
    internal const string PartnerChanged = "partner.changed";
    internal const string CallOpened = "call.opened";
    internal const string CallClosed = "call.closed";
    internal const string SelectionAnnounced = "selection.announced";
    internal const string SelectionChanged = "selection.changed";
    internal const string AgreementSigned = "agreement.signed";
    internal const string AgreementChanged = "agreement.changed";
    internal const string AgreementEnded = "agreement.ended";

    /// <summary>Sent on request, to try an endpoint out; nobody subscribes to it.</summary>
    internal const string Test = "webhook.test";

    internal static IReadOnlyList<EventType> Catalogue { get; } =
    [
        new(EventPublished, "An event was published.", Reach.Everybody, typeof(ThinEvent), typeof(PublicEvent)),
        new(EventChanged, "What is said of a published event changed.", Reach.Everybody, typeof(ThinEvent), typeof(PublicEvent)),
        new(EventMoved, "A published event was moved to another time.", Reach.Everybody, typeof(ThinEvent), typeof(PublicEvent)),
        new(EventCancelled, "A published event was cancelled.", Reach.Everybody, typeof(ThinEvent), typeof(PublicEvent)),
        new(EventUnpublished, "An event was taken out of the agenda as if it had never been there.", Reach.Everybody, typeof(ThinEvent), typeof(PublicEvent), IsTombstone: true),
        new(EventHeld, "An event was held.", Reach.Everybody, typeof(ThinEvent), typeof(PublicEvent)),
        new(RegistrationConfirmed, "A registration has its place.", Reach.Concerned, typeof(ThinRegistration)),
        new(RegistrationWaitlisted, "A registration waits for a place.", Reach.Concerned, typeof(ThinRegistration)),
        new(RegistrationOffered, "A place is held for a registration that waited.", Reach.Concerned, typeof(ThinRegistration)),
        new(RegistrationDeclined, "The place that was offered to a registration is not wanted.", Reach.Concerned, typeof(ThinRegistration), IsTombstone: true),
        new(RegistrationExpired, "The offer to a registration has run out, or it waited until the event began.", Reach.Concerned, typeof(ThinRegistration), IsTombstone: true),
        new(RegistrationCancelled, "A registration was given back.", Reach.Concerned, typeof(ThinRegistration), IsTombstone: true),
        new(RegistrationAttended, "Who registered has come.", Reach.Concerned, typeof(ThinRegistration)),
        new(RegistrationMissed, "Who registered had a place and has not come.", Reach.Concerned, typeof(ThinRegistration)),
        new(MemberJoined, "A company became a member.", Reach.ToldOfMembers, typeof(ThinMember)),
        new(MemberChanged, "What is said of a member changed.", Reach.ToldOfMembers, typeof(ThinMember)),
        new(MemberSuspended, "A member was suspended.", Reach.ToldOfMembers, typeof(ThinMember)),
        new(MemberReinstated, "A suspended member was reinstated.", Reach.ToldOfMembers, typeof(ThinMember)),
        new(MemberLeft, "A member left.", Reach.ToldOfMembers, typeof(ThinMember), IsTombstone: true),
        new(LeaseStarted, "A lease started.", Reach.ToldOfLeases, typeof(ThinLease)),
        new(LeaseRenewed, "A lease was renewed.", Reach.ToldOfLeases, typeof(ThinLease)),
        new(LeaseEnded, "A lease ended.", Reach.ToldOfLeases, typeof(ThinLease), IsTombstone: true),
        new(PanelInstalled, "A panel was installed in a shop window.", Reach.Everybody, typeof(ThinPanel)),
        new(PanelRetired, "A panel was retired.", Reach.Everybody, typeof(ThinPanel), IsTombstone: true),
        new(PartnerRegistered, "A partner was registered.", Reach.Concerned, typeof(ThinPartner), typeof(PublicPartner)),
        new(PartnerChanged, "What is said of a partner changed.", Reach.Concerned, typeof(ThinPartner), typeof(PublicPartner)),
        new(CallOpened, "A call for artists takes submissions.", Reach.Everybody, typeof(ThinCall)),
        new(CallClosed, "A call for artists takes no submissions any more.", Reach.Everybody, typeof(ThinCall)),
        new(SelectionAnnounced, "Who is selected in a call for artists is public.", Reach.Everybody, typeof(ThinCall)),
        new(SelectionChanged, "A selected artist withdrew after the announcement.", Reach.Everybody, typeof(ThinCall)),
        new(AgreementSigned, "MILA and a partner signed an agreement.", Reach.Concerned, typeof(ThinAgreement)),
        new(AgreementChanged, "An agreement says something else.", Reach.Concerned, typeof(ThinAgreement)),
        new(AgreementEnded, "An agreement is over.", Reach.Concerned, typeof(ThinAgreement), IsTombstone: true),
        new(Test, "An endpoint is tried out.", Reach.Concerned, typeof(Trial)),
    ];

    /// <summary>What can be subscribed to.</summary>
    internal static IReadOnlyList<string> All { get; } = [.. Catalogue.Select(t => t.Name).Where(n => n != Test)];

    /// <summary>The type of this name; null when there is none.</summary>
    internal static EventType? Find(string name) => Catalogue.FirstOrDefault(t => t.Name == name);

    /// <summary>True for a type, and for <c>resource.*</c> where the resource has one.</summary>
    internal static bool Knows(string wanted) => Covered(wanted).Any();

    /// <summary>The types that this one, or <c>resource.*</c>, stands for.</summary>
    internal static IEnumerable<string> Covered(string wanted) => All.Where(type => Covers(wanted, type));

    /// <summary>True when who asked for <paramref name="wanted"/> wants this type.</summary>
    internal static bool Covers(string wanted, string type) =>
        wanted == type || (wanted.EndsWith(".*", StringComparison.Ordinal) && type.StartsWith(wanted[..^1], StringComparison.Ordinal));
}
