using Mila.Membership.Members;

namespace Mila.Membership.Contacts;

internal static class ChangeContact
{
    /// <summary>Change a contact.</summary>
    internal static async Task<Results<Tagged<ContactResponse>, ProblemHttpResult>> Handle(
        Guid memberId, Guid contactId, Patch<ContactRequest> patch, IfMatch ifMatch, IDocumentSession session, TimeProvider clock, CancellationToken ct)
    {
        if (await session.LoadLockedAsync<Member>(memberId, ct) is null) return MemberErrors.Unknown.ToProblem();
        var contact = await session.LoadAsync<Contact>(contactId, ct);
        if (contact?.MemberId != memberId) return ContactErrors.Unknown.ToProblem();
        if (!ifMatch.Allows(contact, out var stale)) return stale;
        if (!(await patch.ApplyToAsync(ContactRequest.Of(contact), ct)).Succeeded(out var request, out var invalid)) return invalid.ToProblem();
        if (request == ContactRequest.Of(contact)) return Etag.Ok(ContactResponse.Of(contact), contact);

        var others = await session.Query<Contact>().Where(c => c.MemberId == memberId && c.Id != contactId).ToListAsync(ct);
        if (!contact.Change(request.ToDetails(), request.IsMain, others, clock.GetUtcNow()).Succeeded(out var refusal)) return refusal.ToProblem();

        session.Store<Contact>([contact, .. contact.TakeOver(others, clock.GetUtcNow())]);
        await session.SaveChangesAsync(ct);
        return Etag.Ok(ContactResponse.Of(contact), contact);
    }
}
