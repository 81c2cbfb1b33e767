using System.Security.Claims;

namespace Mila.BuildingBlocks.Security;

/// <summary>Who is asking. Handlers take it as a parameter.</summary>
/// <param name="Id">The credential: the id of the key, <c>person:</c> and the subject for a person, <c>anonymous</c> without one.</param>
/// <param name="Kind"><c>admin</c>, <c>staff</c> or <c>partner</c> by a key, <c>person</c> by a token, <c>anonymous</c>.</param>
/// <param name="Scopes">The scopes that were granted, without those that they imply.</param>
/// <param name="PartnerId">The partner to which the key is bound, and whose things alone it may see.</param>
public sealed record Caller(string Id, string Kind, IReadOnlyCollection<string> Scopes, Guid? PartnerId)
{
    /// <summary>A caller without a credential.</summary>
    public static readonly Caller Anonymous = new("anonymous", "anonymous", [], null);

    /// <summary>True for a partner's key.</summary>
    public bool IsPartner => PartnerId is not null;

    /// <summary>True without a credential.</summary>
    public bool IsAnonymous => Kind == Anonymous.Kind;

    /// <summary>True when the scope was granted, or is implied by one that was.</summary>
    public bool Has(string scope) => Security.Scopes.Cover(Scopes, scope);

    internal static Caller From(ClaimsPrincipal? user)
    {
        if (user?.Identity is not ClaimsIdentity { IsAuthenticated: true } identity) return Anonymous;

        return new Caller(
            identity.FindFirst(ClaimNames.Id)?.Value ?? Anonymous.Id,
            identity.FindFirst(ClaimNames.Kind)?.Value ?? Anonymous.Kind,
            [.. identity.FindAll(ClaimNames.Scope).Select(claim => claim.Value)],
            Guid.TryParse(identity.FindFirst(ClaimNames.Partner)?.Value, out var partnerId) ? partnerId : null);
    }

    internal ClaimsPrincipal ToPrincipal(string scheme)
    {
        var identity = new ClaimsIdentity(scheme);
        identity.AddClaim(new Claim(ClaimNames.Id, Id));
        identity.AddClaim(new Claim(ClaimNames.Kind, Kind));
        identity.AddClaims(Scopes.Select(scope => new Claim(ClaimNames.Scope, scope)));
        if (PartnerId is { } partnerId) identity.AddClaim(new Claim(ClaimNames.Partner, partnerId.ToString()));
        return new ClaimsPrincipal(identity);
    }

    // A token's own claims never reach a caller: this host makes these itself, from what it has checked.
    private static class ClaimNames
    {
        public const string Id = ClaimTypes.NameIdentifier;
        public const string Kind = "mila:kind";
        public const string Scope = "mila:scope";
        public const string Partner = "mila:partner";
    }
}
