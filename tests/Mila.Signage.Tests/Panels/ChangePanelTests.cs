using System.Net;
using System.Text.Json;
using Mila.Testing.App;

namespace Mila.Signage.Tests.Panels;

public sealed class ChangePanelTests(SignageMila mila) : IClassFixture<SignageMila>
{
    [Fact]
    public async Task A_change_of_content_makes_the_version_grow()
    {
        using var signage = await mila.KeyAsync(null, "signage:write");
        var path = await mila.PanelAsync(signage, "approved");

        using var answer = await signage.PatchAsync(path, new { tagline = new { fr = "Des disques" }, companyName = "Chambre Claire" });

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var panel = await signage.ReadAsync(path);
        (panel.Text("companyName"), panel.GetProperty("tagline").Text("fr"), panel.GetProperty("version").GetInt32(), panel.Text("stage")).ShouldBe(("Chambre Claire", "Des disques", 2, "requested"));
    }

    [Fact]
    public async Task A_printed_panel_becomes_stale_and_stays_where_it_hangs()
    {
        using var signage = await mila.KeyAsync(null, "signage:write");
        var path = await mila.PanelAsync(signage, "installed");

        (await signage.PatchAsync(path, new { notableArtists = new[] { "Nina" } })).EnsureSuccessStatusCode();

        var panel = await signage.ReadAsync(path);
        (panel.Text("stage"), panel.GetProperty("version").GetInt32()).ShouldBe(("installed", 2));
        panel.Stale().ShouldBe(["content-changed"]);
    }

    [Fact]
    public async Task A_change_that_says_the_same_leaves_the_etag_alone()
    {
        using var signage = await mila.KeyAsync(null, "signage:write");
        var path = await mila.PanelAsync(signage, "installed");
        var tag = await signage.TagAsync(path);

        (await signage.PatchAsync(path, new { companyName = "Chambre Noire" })).EnsureSuccessStatusCode();

        (await signage.TagAsync(path)).ShouldBe(tag);
    }

    [Fact]
    public async Task Null_takes_a_text_away()
    {
        using var signage = await mila.KeyAsync(null, "signage:write");
        var path = await mila.PanelAsync(signage, "requested", new { spaceCode = mila.NewShop(), companyName = "Chambre Noire", activity = "label" });

        (await signage.PatchAsync(path, new { activity = (string?)null })).EnsureSuccessStatusCode();

        (await signage.ReadAsync(path)).GetProperty("activity").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task Each_refusal_has_its_code_and_changes_nothing()
    {
        using var signage = await mila.KeyAsync(null, "signage:write");
        var path = await mila.PanelAsync(signage, "installed");
        var before = (await signage.ReadAsync(path)).GetRawText();

        await signage.PatchAsync($"/v1/panels/{Guid.Empty}", new { activity = "label" }).ShouldRefuseAsync(HttpStatusCode.NotFound, "panel-unknown");
        await signage.PatchAsync(path, new { spaceCode = "RUE-01" }).ShouldRefuseAsync(HttpStatusCode.UnprocessableEntity, "panel-space-fixed");
        await signage.PatchAsync(path, new { memberId = Guid.CreateVersion7() }).ShouldRefuseAsync(HttpStatusCode.UnprocessableEntity, "panel-member-fixed");
        await signage.PatchAsync(path, new { mounting = "outdoor" }).ShouldRefuseAsync(HttpStatusCode.Conflict, "panel-mounting-fixed");
        await signage.PatchAsync(path, new { website = "https://a:b@evil.example/" }).ShouldRefuseAsync(HttpStatusCode.UnprocessableEntity, "request-invalid");
        await signage.PatchAsync(path, new { stage = "requested" }).ShouldRefuseAsync(HttpStatusCode.UnprocessableEntity, "request-invalid");
        await signage.PatchAsync(path, new { activity = "x" }, ifMatch: null).ShouldRefuseAsync((HttpStatusCode)428, "if-match-needed");
        await signage.PatchAsync(path, new { activity = "x" }, ifMatch: "\"stale\"").ShouldRefuseAsync(HttpStatusCode.PreconditionFailed, "stale");
        (await signage.ReadAsync(path)).GetRawText().ShouldBe(before);

        await signage.MakeAsync($"{path}/retirement");
        await signage.PatchAsync(path, new { activity = "x" }).ShouldRefuseAsync(HttpStatusCode.Conflict, "panel-retired");
    }

    [Fact]
    public async Task Panels_are_listed_by_stage_shop_and_member()
    {
        using var signage = await mila.KeyAsync(null, "signage:write");
        var member = Guid.CreateVersion7();
        await mila.TellAsync(mila.Admitted(member));
        var path = await mila.PanelAsync(signage, "approved", new { spaceCode = mila.NewShop(), memberId = member });
        await mila.PanelAsync(signage, "requested");
        var shop = (await signage.ReadAsync(path)).Text("spaceCode");

        (await PathsAsync(signage, $"memberId={member}")).ShouldBe([path]);
        (await PathsAsync(signage, $"memberId={member}&stage=requested,installed")).ShouldBeEmpty();
        (await PathsAsync(signage, $"spaceCode={shop}&stage=approved")).ShouldBe([path]);
        (await PathsAsync(signage, "stage=requested")).ShouldNotContain(path);
        await signage.GetAsync("/v1/panels?stage=lost").ShouldRefuseAsync(HttpStatusCode.BadRequest, "list-query-malformed");
        await signage.GetAsync("/v1/panels?memberId=x").ShouldRefuseAsync(HttpStatusCode.BadRequest, "list-query-malformed");
        await signage.GetAsync("/v1/panels?limit=251").ShouldRefuseAsync(HttpStatusCode.BadRequest, "list-query-malformed");
    }

    private static async Task<string[]> PathsAsync(HttpClient signage, string query) =>
        [.. (await signage.ReadAsync($"/v1/panels?{query}")).GetProperty("items").EnumerateArray().Select(p => $"/v1/panels/{p.Id()}")];
}
