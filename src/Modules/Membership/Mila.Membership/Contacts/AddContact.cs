using Mila.Membership.Contracts;
using Mila.Membership.Members;

namespace Mila.Membership.Contacts;

internal static class AddContact
{
    /// <summary>Add a contact to a member.</summary>
    internal static async Task<Results<TaggedCreated<ContactResponse>, ProblemHttpResult>> Handle(
        Guid memberId, ContactRequest request, IDocumentSession session, TimeProvider clock, CancellationToken ct)
    {
        if (await session.LoadLockedAsync<Member>(memberId, ct) is null) return MemberErrors.Unknown.ToProblem();
        var others = await session.Query<Contact>().Where(c => c.MemberId == memberId).ToListAsync(ct);

        var now = clock.GetUtcNow();
        if (!Contact.Add(Guid.CreateVersion7(now), memberId, request.ToDetails(), request.IsMain, others, now).Succeeded(out var contact, out var refusal)) return refusal.ToProblem();

        session.Store<Contact>([contact, .. contact.TakeOver(others, now)]);
        session.Publish(new ContactAdded(contact.Id, memberId, now));
        await session.SaveChangesAsync(ct);
        return Etag.Created($"/v1/members/{memberId}/contacts/{contact.Id}", ContactResponse.Of(contact), contact);
    }
}
