namespace Mila.Partners.Webhooks;

/// <summary>What webhooks announce (API.md W4): <c>resource.verb</c>, the verb in the past.</summary>
internal static class EventTypes
{
    internal const string EventPublished = "event.published";
    internal const string EventChanged = "event.changed";
    internal const string EventMoved = "event.moved";
    internal const string EventCancelled = "event.cancelled";
    internal const string EventHeld = "event.held";
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

    /// <summary>Sent on request, to try an endpoint out; nobody subscribes to it.</summary>
    internal const string Test = "webhook.test";

    internal static IReadOnlyList<string> All { get; } =
    [
        EventPublished, EventChanged, EventMoved, EventCancelled, EventHeld, MemberJoined, MemberChanged, MemberSuspended, MemberReinstated, MemberLeft,
        LeaseStarted, LeaseRenewed, LeaseEnded, PanelInstalled, PanelRetired, PartnerRegistered, PartnerChanged,
    ];

    /// <summary>True for a type, and for <c>resource.*</c> where the resource has one.</summary>
    internal static bool Knows(string wanted) =>
        All.Contains(wanted) || (wanted.EndsWith(".*", StringComparison.Ordinal) && All.Any(type => type.StartsWith(wanted[..^1], StringComparison.Ordinal)));
}
