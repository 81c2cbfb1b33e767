using Mila.BuildingBlocks.Api.Lists;
using Mila.Membership.Members;

namespace Mila.Membership.Contacts;

internal static class ListContacts
{
    internal static readonly ListOf<Contact> Definition = new ListOf<Contact>()
        .Sort("addedAt", c => c.AddedAt)
        .Sort("updatedAt", c => c.UpdatedAt)
        .Filter("isMain", c => c.IsMain)
        .UpdatedSince(c => c.UpdatedAt);

    /// <summary>List the contacts of a member.</summary>
    internal static async Task<Results<Ok<Page<ContactResponse>>, ProblemHttpResult>> Handle(Guid memberId, ListRequest list, IQuerySession session, CancellationToken ct) =>
        await session.Query<Member>().AnyAsync(m => m.Id == memberId, ct)
            ? await Definition.AnswerAsync(list, session, ContactResponse.Of, ct, (c => c.MemberId, memberId.ToString()))
            : MemberErrors.Unknown.ToProblem();
}
