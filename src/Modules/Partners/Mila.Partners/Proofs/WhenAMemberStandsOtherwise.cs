using Mila.Membership.Contracts;

namespace Mila.Partners.Proofs;

/// <summary>Who belongs to MILA follows what Membership says.</summary>
internal sealed class WhenAMemberStandsOtherwise(IDocumentSession session)
    : INotificationHandler<MemberAdmitted>, INotificationHandler<MemberChanged>, INotificationHandler<MemberSuspended>, INotificationHandler<MemberReinstated>, INotificationHandler<MemberLeft>
{
    public Task Handle(MemberAdmitted m, CancellationToken ct) => StandsAsync(m.MemberId, m.GoodStanding, m.Revision, ct);

    public Task Handle(MemberChanged m, CancellationToken ct) => StandsAsync(m.MemberId, m is { Status: "active", GoodStanding: true }, m.Revision, ct);

    public Task Handle(MemberSuspended m, CancellationToken ct) => StandsAsync(m.MemberId, belongs: false, m.Revision, ct);

    public Task Handle(MemberReinstated m, CancellationToken ct) => StandsAsync(m.MemberId, m.GoodStanding, m.Revision, ct);

    public Task Handle(MemberLeft m, CancellationToken ct) => StandsAsync(m.MemberId, belongs: false, m.Revision, ct);

    private async Task StandsAsync(Guid memberId, bool belongs, int revision, CancellationToken ct) =>
        session.Store((await MemberStanding.FindAsync(session, memberId, ct)).Is(belongs, revision));
}
