using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Mila.BuildingBlocks.Api.Lists;

namespace Mila.BuildingBlocks.Security.ApiKeys;

internal static class ListApiKeys
{
    internal static readonly ListOf<ApiKey> Definition = new ListOf<ApiKey>()
        .Sort("createdAt", key => key.CreatedAt)
        .Sort("name", key => key.Name)
        .Filter("kind", key => key.Kind)
        .Filter("partnerId", key => key.PartnerId);

    /// <summary>List the keys, revoked ones too.</summary>
    internal static async Task<Results<Ok<Page<ApiKeyResponse>>, ProblemHttpResult>> Handle(ListRequest list, IQuerySession session, CancellationToken ct)
    {
        // Keys are few: tens, not thousands.
        var uses = (await session.Query<ApiKeyUse>().ToListAsync(ct)).ToDictionary(use => use.Id, use => use.LastUsedAt);
        return await Definition.AnswerAsync(list, session, key => ApiKeyResponse.Of(key, uses.TryGetValue(key.Id, out var lastUsedAt) ? lastUsedAt : null), ct);
    }
}
