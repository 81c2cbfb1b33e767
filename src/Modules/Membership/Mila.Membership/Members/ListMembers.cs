using Mila.BuildingBlocks.Api.Lists;

namespace Mila.Membership.Members;

internal static class ListMembers
{
    internal static readonly ListOf<Member> Definition = new ListOf<Member>()
        .Sort("name", m => m.SortKey)
        .Sort("updatedAt", m => m.UpdatedAt)
        .FilterAny("activity", m => m.Profile.Activities)
        .Filter("affiliation", m => m.Affiliation)
        .Filter("status", m => m.Status)
        .Filter("siren", m => m.Profile.Siren)
        .Search("q", m => m.Profile.Name, m => m.SortKey, m => m.Profile.Siren)
        .UpdatedSince(m => m.UpdatedAt);

    /// <summary>List the members by name.</summary>
    internal static Task<Results<Ok<Page<MemberResponse>>, ProblemHttpResult>> Handle(ListRequest list, IQuerySession session, CancellationToken ct) =>
        Definition.AnswerAsync(list, session, MemberResponse.Of, ct);
}
