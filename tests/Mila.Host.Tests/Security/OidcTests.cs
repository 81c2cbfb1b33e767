using System.Net.Http.Headers;
using Microsoft.Extensions.Configuration;
using Mila.BuildingBlocks.Security;
using Mila.Testing.App;
using Mila.Testing.Postgres;

namespace Mila.Host.Tests.Security;

/// <summary>Tokens of people, from a provider that is reached as any other: discovery, keys, signatures.</summary>
public sealed class OidcTests(OidcTests.MilaWithPeople mila) : IClassFixture<OidcTests.MilaWithPeople>
{
    [Fact]
    public async Task A_person_does_what_the_token_grants()
    {
        using var nina = With(mila.Issuer.Token(new() { ["scope"] = "openid membership:read events:write" }));

        (await nina.AskAsync("/v1/members")).Expect(200);
        (await nina.AskAsync("/v1/events")).Expect(200);
        (await nina.TellAsync("/v1/programmes", new { code = "oidc", label = "Of a person" })).Expect(201);
        (await nina.TellAsync("/v1/members", new { name = "No" })).ShouldRefuse(403, "scope-missing");
        (await nina.AskAsync("/v1/api-keys")).ShouldRefuse(403, "scope-missing");
    }

    [Theory]
    [InlineData("scp", "membership:read")]
    [InlineData("scope", "membership:write")]
    [InlineData("scope", "admin")]
    public async Task Scopes_are_read_where_providers_write_them(string claim, string scopes)
    {
        using var nina = With(mila.Issuer.Token(new() { [claim] = scopes }));
        (await nina.AskAsync("/v1/members")).Expect(200);
    }

    [Theory]
    [InlineData("")]
    [InlineData("openid profile")]
    [InlineData("Membership:Read")]
    [InlineData("membership:*")]
    public async Task A_person_without_a_scope_of_ours_is_known_and_refused(string scopes)
    {
        using var nina = With(mila.Issuer.Token(new() { ["scope"] = scopes, ["mila:scope"] = "admin", ["mila:partner"] = Guid.CreateVersion7().ToString() }));
        (await nina.AskAsync("/v1/members")).ShouldRefuse(403, "scope-missing");
    }

    public static TheoryData<string> Forgeries => [.. Wrong.Keys];

    [Theory]
    [MemberData(nameof(Forgeries))]
    public async Task A_token_that_is_not_to_be_believed_is_no_token(string forgery)
    {
        using var control = With(mila.Issuer.Token(Good()));
        (await control.AskAsync("/v1/members")).Expect(200);

        using var forger = With(Wrong[forgery](mila.Issuer));

        (await forger.AskAsync("/v1/members")).ShouldRefuse(401, "unauthenticated").Text.ShouldNotContain("IDX", Case.Sensitive);
    }

    [Fact]
    public async Task Keys_go_on_beside_tokens()
    {
        using var admin = mila.Admin();
        (await admin.AskAsync("/v1/members")).Expect(200);
        using var forged = With(mila.AdminKey[..^1] + "!");
        (await forged.AskAsync("/v1/members")).ShouldRefuse(401, "unauthenticated");
    }

    [Fact]
    public async Task A_token_is_taken_from_the_header_only()
    {
        using var nobody = mila.Anonymous();
        (await nobody.AskAsync($"/v1/members?access_token={mila.Issuer.Token(Good())}")).ShouldRefuse(401, "unauthenticated");
    }

    [Theory]
    [InlineData("https://id.example", null)]
    [InlineData("http://id.example", "mila")]
    [InlineData("id.example", "mila")]
    public void A_host_that_could_not_tell_tokens_apart_does_not_start(string authority, string? audience)
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Oidc:Authority"] = authority, ["Oidc:Audience"] = audience }).Build();
        Should.Throw<InvalidOperationException>(() => Oidc.SettingsOf(settings)).Message.ShouldStartWith("Oidc__Authority is");
    }

    private static readonly Dictionary<string, Func<OidcIssuer, string>> Wrong = new()
    {
        ["for another audience"] = issuer => issuer.Token(Good(), audience: "another"),
        ["for no audience"] = issuer => issuer.Token(Good(), audience: null),
        ["from another issuer"] = issuer => issuer.Token(Good(), from: "https://evil.example"),
        ["expired"] = issuer => issuer.Token(Good(), lives: TimeSpan.FromMinutes(-2)),
        ["of tomorrow"] = issuer => issuer.Token(Good(), begins: TimeSpan.FromDays(1), lives: TimeSpan.FromDays(2)),
        ["without an end"] = issuer => issuer.Token(Good(), endless: true),
        ["without a subject"] = issuer => issuer.Token(Good(), subject: null),
        ["signed by somebody else under the issuer's key id"] = issuer => issuer.Token(Good(), signing: OidcIssuer.Stranger(issuer.KeyId)),
        ["signed by somebody else under an unknown key id"] = issuer => issuer.Token(Good(), signing: OidcIssuer.Stranger("unknown")),
        ["unsigned"] = issuer => issuer.Unsigned(Good()),
        ["unsigned and without an algorithm"] = issuer => issuer.Unsigned(Good(), algorithm: null),
        ["signed with the public key as a password"] = issuer => issuer.Token(Good(), signing: issuer.PublicKeyAsPassword()),
        ["changed after it was signed"] = issuer => OidcIssuer.Changed(issuer.Token(Good())),
        ["cut off"] = issuer => issuer.Token(Good())[..^10],
        ["no token at all"] = _ => "eyJ.eyJ.x",
    };

    private static Dictionary<string, object> Good() => new() { ["scope"] = "membership:read" };

    private HttpClient With(string token)
    {
        var client = mila.Anonymous();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    public sealed class MilaWithPeople(TestPostgres postgres) : TestMila(postgres), IAsyncLifetime
    {
        internal OidcIssuer Issuer { get; private set; } = null!;

        protected override IEnumerable<KeyValuePair<string, string?>> Settings => [.. base.Settings, new("Oidc:Authority", Issuer.Authority), new("Oidc:Audience", OidcIssuer.Audience)];

        async ValueTask IAsyncLifetime.InitializeAsync()
        {
            Issuer = await OidcIssuer.StartAsync();
            await InitializeAsync();
        }

        async ValueTask IAsyncDisposable.DisposeAsync()
        {
            await DisposeAsync();
            await Issuer.DisposeAsync();
        }
    }
}
