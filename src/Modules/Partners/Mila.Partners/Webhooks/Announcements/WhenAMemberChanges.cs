using Mila.Membership.Contracts;
using Mila.Partners.Webhooks.Messages;
using Mila.Partners.Webhooks.Types;

namespace Mila.Partners.Webhooks.Announcements;

/// <summary>Tells of members, in the order in which it happened, to partners that staff say may know. Ids only: who belongs is proven, not listed.</summary>
internal sealed class WhenAMemberChanges(Announcer announcer)
    : INotificationHandler<MemberAdmitted>, INotificationHandler<MemberChanged>, INotificationHandler<MemberSuspended>, INotificationHandler<MemberReinstated>, INotificationHandler<MemberLeft>
{
    public Task Handle(MemberAdmitted m, CancellationToken ct) => TellAsync(EventTypes.MemberJoined, m.MemberId, m.Revision, [], m.At, ct);

    public Task Handle(MemberChanged m, CancellationToken ct) => TellAsync(EventTypes.MemberChanged, m.MemberId, m.Revision, m.Fields, m.At, ct);

    public Task Handle(MemberSuspended m, CancellationToken ct) => TellAsync(EventTypes.MemberSuspended, m.MemberId, m.Revision, ["status"], m.At, ct);

    public Task Handle(MemberReinstated m, CancellationToken ct) => TellAsync(EventTypes.MemberReinstated, m.MemberId, m.Revision, ["status"], m.At, ct);

    public Task Handle(MemberLeft m, CancellationToken ct) => TellAsync(EventTypes.MemberLeft, m.MemberId, m.Revision, ["status"], m.At, ct);

    private Task TellAsync(string type, Guid id, int version, IReadOnlyList<string> changed, DateTimeOffset at, CancellationToken ct) =>
        announcer.AnnounceAsync(new Announcement(type, id, at, new ThinMember(id, announcer.UrlOf($"/v1/members/{id}"), version, changed)), ct);
}
