using Mila.Testing.App;

namespace Mila.Hosting.Tests.Spaces;

public sealed class SpacesTests(TestMila mila) : IClassFixture<TestMila>
{
    [Fact]
    public async Task A_space_is_opened_with_all_that_is_known()
    {
        using var admin = mila.Admin();
        var opened = (await admin.TellAsync("/v1/spaces", new
        {
            code = "RUE-01",
            site = "rue-de-la-musique",
            kind = "shop",
            areaSquareMetres = 24.5,
            bookable = false,
            position = new { latitude = 48.8906, longitude = 2.3509 },
            landlord = "Paris Habitat",
            note = "simple vitrage",
            freeOfCharge = false,
        })).Expect(201);

        opened.Header("Location").ShouldBe("/v1/spaces/RUE-01");
        (opened["areaSquareMetres"].GetDecimal(), opened["position"].GetProperty("latitude").GetDouble()).ShouldBe((24.5m, 48.8906));
        var read = (await admin.AskAsync("/v1/spaces/RUE-01")).Expect(200);
        (read.Text, read.Etag).ShouldBe((opened.Text, opened.Etag));
        (await admin.AskAsync("/v1/spaces/RUE-01", ("If-None-Match", opened.Etag))).Status.ShouldBe(304);
    }

    [Fact]
    public async Task A_code_is_taken_once()
    {
        using var admin = mila.Admin();
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => admin.TellAsync("/v1/spaces", new { code = "LAB-D1", site = "milab", kind = "desk" })));
        answers.Count(a => a.Status == 201).ShouldBe(1);
        foreach (var late in answers.Where(a => a.Status != 201)) late.ShouldRefuse(409, "space-code-taken");
    }

    [Theory]
    [InlineData("""{"site":"x","kind":"desk"}""", "/code required")]
    [InlineData("""{"code":"x-1","site":"x","kind":"desk"}""", "/code wrong-format")]
    [InlineData("""{"code":"X-1","site":"The Lab","kind":"desk"}""", "/site wrong-format")]
    [InlineData("""{"code":"X-1","site":"x","kind":"castle"}""", "/kind wrong-type")]
    [InlineData("""{"code":"X-1","site":"x"}""", "/kind required")]
    [InlineData("""{"code":"X-1","site":"x","kind":"desk","areaSquareMetres":-1}""", "/areaSquareMetres out-of-range")]
    [InlineData("""{"code":"X-1","site":"x","kind":"desk","areaSquareMetres":"10"}""", "/areaSquareMetres wrong-type")]
    [InlineData("""{"code":"X-1","site":"x","kind":"desk","position":{"latitude":91,"longitude":0}}""", "/position/latitude out-of-range")]
    [InlineData("""{"code":"X-1","site":"x","kind":"desk","position":{"latitude":1}}""", "/position/longitude required")]
    [InlineData("""{"code":"X-1","site":"x","kind":"desk","rent":1}""", "/rent unknown-member")]
    public async Task A_space_that_cannot_be_is_refused_and_not_stored(string body, string fault)
    {
        using var admin = mila.Admin();
        (await admin.TellAsync("/v1/spaces", body)).ShouldRefuse(422, "request-invalid", fault);
        (await admin.AskAsync("/v1/spaces/X-1")).ShouldRefuse(404, "space-unknown");
    }

    [Fact]
    public async Task A_space_changes_but_for_its_code_and_kind()
    {
        using var admin = mila.Admin();
        var opened = (await admin.TellAsync("/v1/spaces", new { code = "PEP-11", site = "pepiniere", kind = "office" })).Expect(201);
        (await admin.AmendAsync("/v1/spaces/PEP-11", new { site = "pepiniere" }, opened.Etag)).Expect(200).Etag.ShouldBe(opened.Etag);
        var changed = (await admin.AmendAsync("/v1/spaces/PEP-11", new { areaSquareMetres = 16, note = "angle" }, opened.Etag)).Expect(200);
        (changed["areaSquareMetres"].GetDecimal(), changed["note"].GetString()).ShouldBe((16m, "angle"));

        (await admin.AmendAsync("/v1/spaces/PEP-11", new { code = "PEP-12" }, changed.Etag)).ShouldRefuse(422, "space-code-fixed", "/code space-code-fixed");
        (await admin.AmendAsync("/v1/spaces/PEP-11", new { kind = "shop" }, changed.Etag)).ShouldRefuse(422, "space-kind-fixed", "/kind space-kind-fixed");
        (await admin.AmendAsync("/v1/spaces/PEP-11", new { site = (string?)null }, changed.Etag)).ShouldRefuse(422, "request-invalid", "/site wrong-type");
        (await admin.AmendAsync("/v1/spaces/PEP-11", new { note = "x" }, opened.Etag)).ShouldRefuse(412, "stale").Etag.ShouldBe(changed.Etag);
        (await admin.CallAsync("PATCH", "/v1/spaces/PEP-11", new { note = "x" })).ShouldRefuse(428, "if-match-needed");
        (await admin.AmendAsync("/v1/spaces/NONE", new { note = "x" }, opened.Etag)).ShouldRefuse(404, "space-unknown");
    }

    [Fact]
    public async Task Spaces_are_listed_by_kind_and_site()
    {
        using var admin = mila.Admin();
        foreach (var (code, site, kind) in new[] { ("Z-2", "zed", "desk"), ("Z-1", "zed", "studio"), ("Z-3", "zed", "meetingRoom") }) (await admin.TellAsync("/v1/spaces", new { code, site, kind })).Expect(201);

        (await Codes("?site=zed")).ShouldBe(["Z-1", "Z-2", "Z-3"]);
        (await Codes("?site=zed&kind=desk,studio")).ShouldBe(["Z-1", "Z-2"]);
        (await Codes("?site=zed&sort=-code&limit=1")).ShouldBe(["Z-3"]);
        (await admin.AskAsync("/v1/spaces?kind=castle")).ShouldRefuse(400, "list-query-malformed", "?kind unknown-value");

        async Task<string[]> Codes(string query) => [.. (await admin.AskAsync("/v1/spaces" + query)).Expect(200)["items"].EnumerateArray().Select(i => i.GetProperty("code").GetString()!)];
    }

    [Fact]
    public async Task They_need_a_key_that_reads_or_writes_hosting()
    {
        using var nobody = mila.Anonymous();
        (await nobody.AskAsync("/v1/spaces")).ShouldRefuse(401, "unauthenticated");
        (await nobody.TellAsync("/v1/spaces", new { code = "X-1", site = "x", kind = "desk" })).ShouldRefuse(401, "unauthenticated");
        using var reader = await mila.KeyAsync(null, "hosting:read");
        (await reader.AskAsync("/v1/spaces")).Expect(200);
        (await reader.TellAsync("/v1/spaces", new { code = "X-1", site = "x", kind = "desk" })).Status.ShouldBe(403);
        (await reader.AmendAsync("/v1/spaces/X-1", new { note = "x" }, "\"x\"")).Status.ShouldBe(403);
        using var other = await mila.KeyAsync(null, "membership:write");
        (await other.AskAsync("/v1/spaces")).Status.ShouldBe(403);
        using var admin = mila.Admin();
        (await admin.TellAsync("/v1/spaces", "{")).ShouldRefuse(400, "json-malformed");
    }
}
