using System.Security.Claims;
using Mila.BuildingBlocks.Security;

namespace Mila.Host.Tests.Security;

public class ScopesTests
{
    [Fact]
    public void Admin_opens_everything() => Scopes.All.ShouldAllBe(wanted => Scopes.Cover(new[] { "admin" }, wanted));

    [Theory]
    [InlineData("events:write", "events:read", true)]
    [InlineData("events:write", "events:write", true)]
    [InlineData("events:read", "events:read", true)]
    [InlineData("events:read", "events:write", false)]
    [InlineData("events:write", "hosting:read", false)]
    [InlineData("events:write", "admin", false)]
    public void Write_opens_read_of_the_same_module(string held, string wanted, bool opens) => Scopes.Cover(new[] { held }, wanted).ShouldBe(opens);

    [Fact]
    public void Nothing_opens_nothing() => Scopes.All.ShouldAllBe(wanted => !Scopes.Cover(Array.Empty<string>(), wanted));

    [Fact]
    public void Every_module_reads_and_writes() =>
        Scopes.All.Where(s => s != "admin").GroupBy(s => s.Split(':')[0]).ShouldAllBe(module => module.Count() == 2);

    [Fact]
    public void Nobody_is_anonymous()
    {
        Caller.From(null).ShouldBe(Caller.Anonymous);
        Caller.From(new ClaimsPrincipal(new ClaimsIdentity())).IsAnonymous.ShouldBeTrue();
    }

    [Theory]
    [InlineData("scope", "openid events:read hosting:write")]
    [InlineData("scp", "events:read hosting:write")]
    public void A_person_holds_the_scopes_of_ours_that_the_token_names(string claim, string value)
    {
        var caller = Oidc.CallerOf(Token(new Claim("sub", "nina"), new Claim(claim, value)))!;
        caller.Id.ShouldBe("person:nina");
        caller.Kind.ShouldBe("person");
        caller.Scopes.ShouldBe(["events:read", "hosting:write"]);
    }

    [Fact]
    public void A_token_without_a_subject_is_nobody() => Oidc.CallerOf(Token(new Claim("scope", "admin"))).ShouldBeNull();

    [Fact]
    public void A_token_cannot_bring_claims_of_ours()
    {
        var token = Token(new Claim("sub", "nina"), new Claim("mila:scope", "admin"), new Claim("mila:partner", Guid.NewGuid().ToString()));
        var caller = Caller.From(Oidc.CallerOf(token)!.ToPrincipal("Bearer"));
        caller.Scopes.ShouldBeEmpty();
        caller.IsPartner.ShouldBeFalse();
    }

    private static ClaimsPrincipal Token(params Claim[] claims) => new(new ClaimsIdentity(claims, "Bearer"));
}
