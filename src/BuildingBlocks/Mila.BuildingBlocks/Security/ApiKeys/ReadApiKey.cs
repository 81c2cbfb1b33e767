using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Mila.BuildingBlocks.Api;
using Mila.BuildingBlocks.Results;

namespace Mila.BuildingBlocks.Security.ApiKeys;

internal static class ReadApiKey
{
    /// <summary>Read what is known of a key; never its text.</summary>
    internal static async Task<Results<Tagged<ApiKeyResponse>, ProblemHttpResult>> Handle(Guid keyId, IQuerySession session, CancellationToken ct)
    {
        var key = await session.LoadAsync<ApiKey>(keyId, ct);
        if (key is null) return ApiKeyErrors.Unknown.ToProblem();

        var use = await session.LoadAsync<ApiKeyUse>(keyId, ct);
        return Etag.Ok(ApiKeyResponse.Of(key, use?.LastUsedAt), key);
    }
}
