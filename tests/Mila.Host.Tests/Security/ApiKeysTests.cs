using System.Net.Http.Headers;
using System.Text.Json;
using Mila.BuildingBlocks.Security;
using Mila.BuildingBlocks.Security.ApiKeys;
using Mila.Host.Tests.Api;
using Mila.Testing.App;

namespace Mila.Host.Tests.Security;

/// <summary>Keys as they are issued, listed, read, rotated and revoked over HTTP.</summary>
public sealed class ApiKeysTests(TestMila mila) : IClassFixture<TestMila>
{
    private const string Path = "/v1/api-keys";
    private static readonly object Display = new { name = "Room display", scopes = new[] { "events:read" } };

    [Fact]
    public async Task An_issued_key_opens_what_it_was_granted_and_nothing_else()
    {
        using var admin = mila.Admin();
        var issued = (await admin.TellAsync(Path, Display)).Expect(201);

        ApiKeyFormat.IsWellFormed(TextOf(issued)).ShouldBeTrue();
        TextOf(issued).ShouldStartWith("mila_staff_");
        issued.Header("Location").ShouldBe($"{Path}/{IdOf(issued)}");
        issued.Header("Cache-Control").ShouldBe("no-store");
        using var display = With(TextOf(issued));
        (await display.AskAsync("/v1/events")).Expect(200);
        (await display.TellAsync("/v1/programmes", new { code = "x", label = "X" })).ShouldRefuse(403, "scope-missing");
        (await display.AskAsync("/v1/members")).ShouldRefuse(403, "scope-missing");
    }

    [Theory]
    [InlineData("membership:read")]
    [InlineData("hosting:write")]
    public async Task A_partners_key_opens_no_module_in_which_nothing_is_a_partners(string scope)
    {
        using var admin = mila.Admin();
        (await admin.TellAsync(Path, new { name = "MAP", kind = "partner", partnerId = Guid.CreateVersion7(), scopes = new[] { "events:read", scope } })).ShouldRefuse(422, "partner-scope", "/scopes partner-scope");
    }

    [Fact]
    public async Task The_text_of_a_key_is_shown_once_and_kept_nowhere()
    {
        using var admin = mila.Admin();
        var text = TextOf((await admin.TellAsync(Path, Display, ("Idempotency-Key", "once"))).Expect(201));
        var secret = text[(text.LastIndexOf('_') + 5)..];
        var id = (await admin.AskAsync($"{Path}?limit=250&sort=-createdAt")).Expect(200).Json.GetProperty("items").EnumerateArray()
            .First(k => text.StartsWith(k.GetProperty("prefix").GetString()!, StringComparison.Ordinal)).GetProperty("id").GetGuid();

        (await admin.AskAsync($"{Path}?limit=250")).Text.ShouldNotContain(secret);
        var read = (await admin.AskAsync($"{Path}/{id}")).Expect(200);
        read.Text.ShouldNotContain(secret);
        read.Text.ShouldNotContain(ApiKeyFormat.Hash(text));
        (await TablesThatHoldAsync(secret)).ShouldBeEmpty();
        (await TablesThatHoldAsync(ApiKeyFormat.Hash(text))).ShouldBe(["mila.mt_doc_apikey"], "the control: what is kept is found");
        TextOf((await admin.TellAsync(Path, Display, ("Idempotency-Key", "once"))).Expect(201)).ShouldBe(text, "who asks again under the same Idempotency-Key lost the first answer");
    }

    [Theory]
    [InlineData("""{"name":"","scopes":["events:read"]}""", "request-invalid", "/name required")]
    [InlineData("""{"name":"x","scopes":[]}""", "request-invalid", "/scopes required")]
    [InlineData("""{"name":"x","scopes":["events:delete"]}""", "request-invalid", "/scopes/0 unknown-value")]
    [InlineData("""{"name":"x","scopes":["events:read"],"kind":"root"}""", "request-invalid", "/kind wrong-type")]
    [InlineData("""{"name":"x","scopes":["events:read"],"kind":1}""", "request-invalid", "/kind wrong-type")]
    [InlineData("""{"name":"x","scopes":["events:read"],"partnerId":"00000000-0000-0000-0000-000000000000"}""", "request-invalid", "/partnerId unknown-value")]
    [InlineData("""{"name":"x","scopes":["events:read"],"kind":"admin"}""", "admin-scope", "/scopes admin-scope")]
    [InlineData("""{"name":"x","scopes":["admin","events:read"]}""", "admin-scope", "/scopes admin-scope")]
    [InlineData("""{"name":"x","scopes":["admin"],"kind":"staff"}""", "admin-scope", "/scopes admin-scope")]
    [InlineData("""{"name":"x","scopes":["admin"],"partnerId":"0194f0c0-0000-7000-8000-000000000000"}""", "admin-scope", "/scopes admin-scope")]
    [InlineData("""{"name":"x","scopes":["events:read"],"kind":"partner"}""", "partner-needed", "/partnerId partner-needed")]
    [InlineData("""{"name":"x","scopes":["events:read"],"kind":"staff","partnerId":"0194f0c0-0000-7000-8000-000000000000"}""", "partner-needed", "/partnerId partner-needed")]
    [InlineData("""{"name":"x","scopes":["events:read"],"expiresAt":"2026-03-09T18:00:00Z"}""", "expiry-past", "/expiresAt expiry-past")]
    [InlineData("""{"name":"x","scopes":["events:read"],"expiresAt":"0001-01-01T00:00:00Z"}""", "request-invalid", "/expiresAt out-of-range")]
    [InlineData("""{"name":"x","scopes":["events:read"],"expiresAt":"9999-12-31T23:59:59Z"}""", "request-invalid", "/expiresAt out-of-range")]
    public async Task A_key_that_makes_no_sense_is_not_issued(string body, string code, string fault)
    {
        using var admin = mila.Admin();
        var before = await mila.DocumentsAsync();
        var refused = (await admin.TellAsync(Path, body)).ShouldRefuse(422, code);
        refused.Faults.Select(f => f.Split(' ')[0]).ShouldBe([fault.Split(' ')[0]]);
        (await mila.DocumentsAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task Keys_are_for_administrators()
    {
        using var admin = mila.Admin();
        var id = IdOf((await admin.TellAsync(Path, Display)).Expect(201));
        using var nobody = mila.Anonymous();
        using var staff = await mila.KeyAsync(null, [.. Scopes.All.Where(s => s != Scopes.Admin)]);
        var before = await mila.DocumentsAsync();
        foreach (var (caller, status, code) in new[] { (nobody, 401, "unauthenticated"), (staff, 403, "scope-missing") })
        {
            (await caller.AskAsync(Path)).ShouldRefuse(status, code);
            (await caller.AskAsync($"{Path}/{id}")).ShouldRefuse(status, code);
            (await caller.TellAsync(Path, Display)).ShouldRefuse(status, code);
            (await caller.TellAsync($"{Path}/{id}/rotate", null)).ShouldRefuse(status, code);
            (await caller.CallAsync("DELETE", $"{Path}/{id}", null, ("If-Match", "*"))).ShouldRefuse(status, code);
        }

        (await mila.DocumentsAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task A_key_is_bound_to_a_partner_that_there_is()
    {
        using var admin = mila.Admin();
        var before = await mila.DocumentsAsync();
        (await admin.TellAsync(Path, new { name = "MAP", scopes = new[] { "events:read" }, partnerId = Guid.CreateVersion7() })).ShouldRefuse(422, "partner-unknown", "/partnerId partner-unknown");
        (await mila.DocumentsAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task A_partners_key_cannot_widen_itself()
    {
        using var admin = mila.Admin();
        var partner = (await admin.TellAsync("/v1/partners", new { code = "widening", name = "Widening", kind = "network" })).Expect(201)["id"].GetGuid();
        var issued = (await admin.TellAsync(Path, new { name = "MAP", scopes = new[] { "partners:read", "partners:write", "events:read" }, partnerId = partner })).Expect(201);
        TextOf(issued).ShouldStartWith("mila_partner_");
        using var key = With(TextOf(issued));
        (await key.AskAsync("/v1/partners")).Expect(200);

        (await key.TellAsync(Path, new { name = "More", scopes = new[] { "events:read" }, partnerId = partner })).ShouldRefuse(403, "scope-missing");
        (await key.TellAsync(Path, new { name = "More", scopes = new[] { "admin" } })).ShouldRefuse(403, "scope-missing");
        (await key.TellAsync($"{Path}/{IdOf(issued)}/rotate", null)).ShouldRefuse(403, "scope-missing");
        (await key.CallAsync("PATCH", $"{Path}/{IdOf(issued)}", new { scopes = new[] { "admin" } }, ("If-Match", "*"))).Status.ShouldBe(405);
        (await key.AskAsync("/v1/members")).ShouldRefuse(403, "scope-missing");
    }

    [Fact]
    public async Task A_key_that_does_not_exist_is_unknown()
    {
        using var admin = mila.Admin();
        var unknown = $"{Path}/{Guid.CreateVersion7()}";
        (await admin.AskAsync(unknown)).ShouldRefuse(404, "api-key-unknown");
        (await admin.TellAsync($"{unknown}/rotate", null)).ShouldRefuse(404, "api-key-unknown");
        (await admin.CallAsync("DELETE", unknown, null, ("If-Match", "*"))).ShouldRefuse(404, "api-key-unknown");
        (await admin.AskAsync($"{Path}/me")).ShouldRefuse(404, "unknown-route");
    }

    [Fact]
    public async Task A_key_is_revoked_under_the_ETag_that_was_read_and_opens_nothing_any_more()
    {
        using var admin = mila.Admin();
        var issued = (await admin.TellAsync(Path, Display)).Expect(201);
        var path = $"{Path}/{IdOf(issued)}";
        using var display = With(TextOf(issued));
        (await display.AskAsync("/v1/events")).Expect(200);

        (await admin.CallAsync("DELETE", path, null)).ShouldRefuse(428, "if-match-needed");
        (await admin.CallAsync("DELETE", path, null, ("If-Match", "\"AAAAAAAAAAAAAAAAAAAAAA\""))).ShouldRefuse(412, "stale").Etag.ShouldBe(issued.Etag);
        (await display.AskAsync("/v1/events")).Expect(200);
        (await admin.CallAsync("DELETE", path, null, ("If-Match", issued.Etag))).Expect(204);

        (await display.AskAsync("/v1/events")).ShouldRefuse(401, "unauthenticated");
        (await admin.AskAsync(path)).Expect(200)["revokedAt"].GetDateTimeOffset().ShouldBe(mila.Clock.GetUtcNow());
        (await admin.TellAsync($"{path}/rotate", null)).ShouldRefuse(409, "api-key-revoked");
    }

    [Fact]
    public async Task A_rotated_key_has_another_text_and_the_old_one_opens_nothing()
    {
        using var admin = mila.Admin();
        var issued = (await admin.TellAsync(Path, Display)).Expect(201);
        using var before = With(TextOf(issued));
        (await before.AskAsync("/v1/events")).Expect(200);

        var rotated = (await admin.TellAsync($"{Path}/{IdOf(issued)}/rotate", null)).Expect(200);

        IdOf(rotated).ShouldBe(IdOf(issued));
        rotated.Etag.ShouldNotBe(issued.Etag);
        (await before.AskAsync("/v1/events")).ShouldRefuse(401, "unauthenticated");
        using var after = With(TextOf(rotated));
        (await after.AskAsync("/v1/events")).Expect(200);
    }

    [Fact]
    public async Task A_key_opens_nothing_from_the_instant_it_expires()
    {
        using var admin = mila.Admin();
        var issued = (await admin.TellAsync(Path, new { name = "Festival", scopes = new[] { "events:read" }, expiresAt = mila.Clock.GetUtcNow().AddMinutes(10) })).Expect(201);
        using var festival = With(TextOf(issued));
        mila.Clock.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromMilliseconds(1));
        (await festival.AskAsync("/v1/events")).Expect(200);
        mila.Clock.Advance(TimeSpan.FromMilliseconds(1));

        (await festival.AskAsync("/v1/events")).ShouldRefuse(401, "unauthenticated");
        (await admin.TellAsync($"{Path}/{IdOf(issued)}/rotate", null)).ShouldRefuse(409, "api-key-expired");
    }

    [Fact]
    public async Task The_last_use_is_known_and_does_not_change_the_ETag()
    {
        using var admin = mila.Admin();
        var issued = (await admin.TellAsync(Path, Display)).Expect(201);
        var path = $"{Path}/{IdOf(issued)}";
        (await admin.AskAsync(path)).Expect(200)["lastUsedAt"].ValueKind.ShouldBe(JsonValueKind.Null);
        using var display = With(TextOf(issued));
        (await display.AskAsync("/v1/events")).Expect(200);

        var read = (await admin.AskAsync(path)).Expect(200);
        read["lastUsedAt"].GetDateTimeOffset().ShouldBe(mila.Clock.GetUtcNow());
        read.Etag.ShouldBe(issued.Etag);
    }

    [Theory]
    [InlineData("Basic {0}")]
    [InlineData("{0}")]
    [InlineData("Bearer {0} {0}")]
    [InlineData("Bearer")]
    [InlineData("Bearer {0}x")]
    public async Task A_key_in_another_form_is_no_key(string form)
    {
        using var client = mila.Anonymous();
        (await client.AskAsync("/v1/events", ("Authorization", string.Format(null, form, mila.AdminKey)))).ShouldRefuse(401, "unauthenticated").Header("WWW-Authenticate").ShouldBe("Bearer");
    }

    private async Task<string[]> TablesThatHoldAsync(string text)
    {
        var found = await mila.SqlAsync($$"""
            select string_agg(t.table_schema || '.' || t.table_name, ',' order by 1)
            from information_schema.tables t
            where t.table_schema in ('mila', 'membership', 'events', 'partners', 'signage', 'hosting', 'coaching') and t.table_type = 'BASE TABLE'
              and (xpath('/row/c/text()', query_to_xml(format('select count(*) as c from %I.%I x where x::text like ''%%{{text}}%%''', t.table_schema, t.table_name), false, true, '')))[1]::text <> '0'
            """);
        return found is string names ? names.Split(',') : [];
    }

    private HttpClient With(string key)
    {
        var client = mila.Anonymous();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return client;
    }

    private static string TextOf(Answer issued) => issued["key"].GetString()!;

    private static Guid IdOf(Answer key) => key["id"].GetGuid();
}
