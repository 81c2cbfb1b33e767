using Marten;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Mila.BuildingBlocks.Api;
using Mila.BuildingBlocks.Results;

namespace Mila.BuildingBlocks.Security.ApiKeys;

internal static class RevokeApiKey
{
    /// <summary>Revoke a key. Within one second every host refuses it.</summary>
    internal static async Task<Results<NoContent, ProblemHttpResult>> Handle(
        Guid keyId, IfMatch ifMatch, IDocumentSession session, KeyRing keys, TimeProvider clock, CancellationToken ct)
    {
        var key = await session.LoadAsync<ApiKey>(keyId, ct);
        if (key is null) return ApiKeyErrors.Unknown.ToProblem();

        if (!ifMatch.Allows(key, out var stale)) return stale;

        key.Revoke(clock.GetUtcNow());
        session.Store(key);
        await session.SaveChangesAsync(ct);
        keys.Forget(key.Hash);
        return TypedResults.NoContent();
    }
}
