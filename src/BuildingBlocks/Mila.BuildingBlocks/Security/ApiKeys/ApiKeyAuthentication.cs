using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Mila.BuildingBlocks.Security.ApiKeys;

/// <summary>Reads <c>Authorization: Bearer mila_…</c>, from the header and from nowhere else.</summary>
internal sealed class ApiKeyAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder, KeyRing keys, TimeProvider clock)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public const string SchemeName = "ApiKey";

    private const string Bearer = "Bearer ";

    // One answer for whatever is wrong, so that nobody learns which keys once existed.
    private static readonly AuthenticateResult Refused = AuthenticateResult.Fail("The key is not valid.");

    /// <summary>The token of the request, or null when there is none or more than one.</summary>
    public static string? TokenOf(HttpRequest request) =>
        request.Headers.Authorization is [{ } value] && value.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? value[Bearer.Length..].Trim() : null;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Request.Headers.Authorization.Count == 0) return AuthenticateResult.NoResult();
        if (TokenOf(Request) is not { } token || !ApiKeyFormat.IsWellFormed(token)) return Refused;

        var key = await keys.FindAsync(ApiKeyFormat.Hash(token));
        if (key?.IsValid(clock.GetUtcNow()) != true) return Refused;

        await keys.NoteUseAsync(key);
        return AuthenticateResult.Success(new AuthenticationTicket(key.ToCaller().ToPrincipal(SchemeName), SchemeName));
    }
}
