using System.Net.Http.Headers;
using Mila.BuildingBlocks.Security;
using Mila.Testing.App;

namespace Mila.Host.Tests.Api;

/// <summary>Every operation against every kind of caller: what is not opened is shut.</summary>
public sealed class ScopeWalkTests(TestMila mila) : IClassFixture<TestMila>
{
    [Fact]
    public async Task Nobody_and_a_bad_key_come_no_further_than_what_is_public()
    {
        using var nobody = mila.Anonymous();
        using var forged = mila.Anonymous();
        forged.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", mila.AdminKey[..^1] + (mila.AdminKey[^1] == 'a' ? 'b' : 'a'));
        using var garbage = mila.Anonymous();
        garbage.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "mila_staff_nothing");
        await WalkAsync(nobody, (o, status) => o.Scope is null ? status is not (401 or 403) : status == 401);
        await WalkAsync(forged, (o, status) => o.Scope is null || status == 401);
        await WalkAsync(garbage, (o, status) => o.Scope is null || status == 401);
    }

    [Fact]
    public async Task A_key_in_the_query_is_no_key()
    {
        using var nobody = mila.Anonymous();
        foreach (var query in new[] { "key", "api_key", "access_token", "token" }) (await nobody.AskAsync($"/v1/programmes?{query}={mila.AdminKey}")).ShouldRefuse(401, "unauthenticated");
    }

    [Fact]
    public async Task The_administrator_is_shut_out_nowhere()
    {
        using var admin = mila.Admin();
        await WalkAsync(admin, (_, status) => status is not (401 or 403));
    }

    [Fact]
    public async Task A_scope_opens_its_own_operations_and_no_other()
    {
        foreach (var scope in Scopes.All.Where(s => s != Scopes.Admin))
        {
            using var holder = await mila.KeyAsync(null, scope);
            await WalkAsync(holder, (o, status) => o.Scope is null || Scopes.Cover([scope], o.Scope) ? status is not (401 or 403) || IsForPartnersOnly(o) : status == 403);
        }
    }

    [Fact]
    public async Task All_scopes_but_one_open_all_but_one()
    {
        foreach (var missing in Scopes.All.Where(s => s.EndsWith(":write", StringComparison.Ordinal)))
        {
            using var holder = await mila.KeyAsync(null, [.. Scopes.All.Where(s => s != missing && s != Scopes.Admin)]);
            await WalkAsync(holder, (o, status) => o.Scope != missing || status == 403);
        }
    }

    [Fact]
    public async Task A_partners_key_reaches_no_further_than_its_scopes()
    {
        using var admin = mila.Admin();
        var partner = (await admin.TellAsync("/v1/partners", new { code = "walker", name = "Walker", kind = "network" })).Expect(201);
        using var key = await mila.KeyAsync(partner["id"].GetGuid(), Scopes.PartnersRead, Scopes.PartnersWrite, Scopes.EventsRead);
        await WalkAsync(key, (o, status) => o.Scope is null || Scopes.Cover([Scopes.PartnersWrite, Scopes.EventsRead], o.Scope) || status == 403);
    }

    [Fact]
    public async Task Nothing_public_changes_anything_but_the_forms()
    {
        var open = (await mila.OperationsAsync()).Where(o => o.Scope is null).ToList();
        open.ShouldNotBeEmpty();
        open.Where(o => o.Method != "GET").ShouldAllBe(o => o.Method == "POST" && (o.Path == "/v1/events/{eventId}/registrations" || o.Path == "/v1/calls/{callId}/submissions"));
        string[] pages =
        [
            "/feeds/", "/agenda", "/embed/", "/oembed", "/wp-json/", "/health/", "/q/", "/v1/event-types", "/v1/directory", "/v1/street-map",
            "/rue-de-la-musique", "/assets/", "/webhooks", "/.well-known/jwks.json", "/calls",
        ];
        open.Where(o => o.Method == "GET").ShouldAllBe(o => pages.Any(p => o.Path.StartsWith(p, StringComparison.Ordinal)));
    }

    // A few operations are the partner's own business: staff without a partner are told so.
    private static bool IsForPartnersOnly(Operation operation) => operation.Path.StartsWith("/v1/webhook-", StringComparison.Ordinal) || operation.Path.StartsWith("/v1/partners", StringComparison.Ordinal);

    private async Task WalkAsync(HttpClient caller, Func<Operation, int, bool> right)
    {
        var failures = new List<string>();
        foreach (var operation in await mila.OperationsAsync())
        {
            var answer = await operation.SendAsync(caller, operation.MediaType is null ? null : "{}");
            if (answer.Status >= 500 || !right(operation, answer.Status)) failures.Add($"{operation} ({operation.Scope ?? "public"}): {answer.Status}");
        }

        failures.ShouldBeEmpty(string.Join('\n', failures));
    }
}
