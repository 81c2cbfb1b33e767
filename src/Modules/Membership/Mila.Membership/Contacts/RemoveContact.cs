using Mila.Membership.Contracts;
using Mila.Membership.Members;

namespace Mila.Membership.Contacts;

internal static class RemoveContact
{
    /// <summary>Remove a contact. After the main one, the one that was added first becomes the main one.</summary>
    internal static async Task<Results<NoContent, ProblemHttpResult>> Handle(
        Guid memberId, Guid contactId, IfMatch ifMatch, IDocumentSession session, TimeProvider clock, CancellationToken ct)
    {
        if (await session.LoadLockedAsync<Member>(memberId, ct) is null) return MemberErrors.Unknown.ToProblem();
        var contact = await session.LoadAsync<Contact>(contactId, ct);
        if (contact?.MemberId != memberId) return ContactErrors.Unknown.ToProblem();
        if (!ifMatch.Allows(contact, out var stale)) return stale;

        var others = await session.Query<Contact>().Where(c => c.MemberId == memberId && c.Id != contactId).ToListAsync(ct);
        session.Store<Contact>(contact.HandOver(others, clock.GetUtcNow()));
        session.Delete(contact);
        session.Publish(new ContactRemoved(contactId, memberId, clock.GetUtcNow()));
        await session.SaveChangesAsync(ct);
        return TypedResults.NoContent();
    }
}
