using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Configuration;
using Microsoft.IdentityModel.Tokens;
using Mila.BuildingBlocks.Hosting;

namespace Mila.BuildingBlocks.Security;

/// <summary>Tokens of people, from the OpenID Connect provider that <c>Oidc:Authority</c> names, for the audience <c>Oidc:Audience</c>.</summary>
internal static class Oidc
{
    /// <summary>Whom tokens come from and for whom they are, or null when people have no tokens here.</summary>
    /// <exception cref="SettingException">The settings are wrong: the host must not start.</exception>
    public static (Uri Authority, string Audience)? SettingsOf(IConfiguration configuration)
    {
        if (configuration["Oidc:Authority"] is not { Length: > 0 } authority) return null;
        if (configuration["Oidc:Audience"] is not { Length: > 0 } audience) throw new SettingException("Oidc__Authority is set and Oidc__Audience is not: a token for somebody else would be believed.");

        return Uri.TryCreate(authority, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))
            ? (address, audience)
            : throw new SettingException("Oidc__Authority is not an https address.");
    }

    public static void Configure(JwtBearerOptions options, Uri authority, string audience)
    {
        options.Authority = authority.OriginalString;
        options.RequireHttpsMetadata = !authority.IsLoopback;
        options.MapInboundClaims = false;
        options.TokenValidationParameters = new TokenValidationParameters
        {
            // Asymmetric ones only: a public key can then never be taken for a shared secret, and "none" is none of these.
            ValidAlgorithms = [SecurityAlgorithms.RsaSha256, SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.RsaSsaPssSha256],
            ValidAudience = audience,
            ValidateAudience = true,
            ValidateIssuer = true,
            ValidateLifetime = true,
            RequireExpirationTime = true,
            RequireSignedTokens = true,
            ClockSkew = TimeSpan.FromSeconds(30),
        };
        options.Events = new JwtBearerEvents
        {
            OnTokenValidated = context =>
            {
                if (CallerOf(context.Principal) is { } caller) context.Principal = caller.ToPrincipal(JwtBearerDefaults.AuthenticationScheme);
                else context.Fail("The token names no subject.");
                return Task.CompletedTask;
            },
        };
    }

    /// <summary>The person, with the scopes of ours that <c>scope</c> (RFC 8693, words in one string) or <c>scp</c> (words or an array) grants.</summary>
    internal static Caller? CallerOf(ClaimsPrincipal? token)
    {
        if (token?.FindFirstValue("sub") is not { Length: > 0 } subject) return null;

        var granted = token.FindAll(claim => claim.Type is "scope" or "scp")
            .SelectMany(claim => claim.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            .Distinct()
            .Where(Scopes.All.Contains);
        return new Caller("person:" + subject, "person", [.. granted], PartnerId: null);
    }
}
