namespace Mila.Membership.Contacts;

internal static class ReadContact
{
    /// <summary>Read a contact.</summary>
    internal static async Task<Results<Tagged<ContactResponse>, ProblemHttpResult>> Handle(Guid memberId, Guid contactId, IQuerySession session, CancellationToken ct)
    {
        var contact = await session.LoadAsync<Contact>(contactId, ct);
        return contact?.MemberId != memberId ? ContactErrors.Unknown.ToProblem() : Etag.Ok(ContactResponse.Of(contact), contact);
    }
}
