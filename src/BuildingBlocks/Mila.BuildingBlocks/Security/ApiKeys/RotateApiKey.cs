using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Mila.BuildingBlocks.Api;
using Mila.BuildingBlocks.Results;

namespace Mila.BuildingBlocks.Security.ApiKeys;

internal static class RotateApiKey
{
    /// <summary>Give a key another text, when the old one may have leaked. Within one second every host refuses the old one.</summary>
    internal static async Task<Results<Tagged<IssuedApiKeyResponse>, ProblemHttpResult>> Handle(
        Guid keyId, Caller caller, IDocumentSession session, KeyRing keys, TimeProvider clock, CancellationToken ct)
    {
        var key = await session.LoadAsync<ApiKey>(keyId, ct);
        if (key is null) return ApiKeyErrors.Unknown.ToProblem();
        if (!key.Scopes.All(caller.Has)) return ApiKeyErrors.ScopeNotHeld.ToProblem();

        var old = key.Hash;
        if (!key.Rotate(clock.GetUtcNow()).Succeeded(out var issued, out var refusal)) return refusal.ToProblem();

        session.Store(key);
        await session.SaveChangesAsync(ct);
        keys.Forget(old);
        return Etag.Ok(IssuedApiKeyResponse.Of(issued), key);
    }
}
