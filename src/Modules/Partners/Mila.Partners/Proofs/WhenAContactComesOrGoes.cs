using Mila.Membership.Contracts;

namespace Mila.Partners.Proofs;

/// <summary>Who is a contact of a member, by ids alone.</summary>
internal sealed class WhenAContactComesOrGoes(IDocumentSession session) : INotificationHandler<ContactAdded>, INotificationHandler<ContactRemoved>
{
    public async Task Handle(ContactAdded c, CancellationToken ct)
    {
        if (await session.LoadAsync<ContactAtMember>(c.ContactId, ct) is null) session.Store(ContactAtMember.Of(c.ContactId, c.MemberId));
    }

    public async Task Handle(ContactRemoved c, CancellationToken ct) =>
        session.Store((await session.LoadAsync<ContactAtMember>(c.ContactId, ct) ?? ContactAtMember.Of(c.ContactId, c.MemberId)).Remove());
}
