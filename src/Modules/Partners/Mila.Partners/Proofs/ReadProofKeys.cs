using Microsoft.Net.Http.Headers;

namespace Mila.Partners.Proofs;

internal static class ReadProofKeys
{
    internal const string MediaType = "application/jwk-set+json";

    /// <summary>A JWK Set (RFC 7517 section 5).</summary>
    /// <param name="Keys">The keys that a proof of MILA's may be signed with, the newest first.</param>
    internal sealed record Response(IReadOnlyList<PublicJwk> Keys);

    /// <summary>Read the keys that proofs of MILA's are verified with.</summary>
    internal static async Task<JsonHttpResult<Response>> Handle(HttpContext context, ProofKeys keys, IQuerySession session, CancellationToken ct)
    {
        context.Response.Headers[HeaderNames.CacheControl] = "public, max-age=60";
        return TypedResults.Json(new Response(await keys.ShownAsync(session, ct)), contentType: MediaType);
    }
}
