using System.Net;
using Mila.Signage.Contracts;
using Mila.Testing.App;

namespace Mila.Signage.Tests.Panels;

public sealed class PanelStagesTests(SignageMila mila) : IClassFixture<SignageMila>
{
    [Fact]
    public async Task Outdoors_a_panel_waits_for_the_landlord()
    {
        using var signage = await mila.KeyAsync(null, "signage:write");
        var path = await mila.PanelAsync(signage, "approved", new { spaceCode = mila.NewShop(), companyName = "Chambre Noire", mounting = "outdoor" });

        await signage.PostAsync($"{path}/fabrication", null).ShouldRefuseAsync(HttpStatusCode.Conflict, "panel-not-authorised");
        (await signage.MakeAsync($"{path}/authorisation")).Text("stage").ShouldBe("authorised");
        (await signage.MakeAsync($"{path}/fabrication")).Text("stage").ShouldBe("fabricated");
    }

    [Fact]
    public async Task Installation_and_retirement_are_told_to_the_others()
    {
        using var signage = await mila.KeyAsync(null, "signage:write");
        var path = await mila.PanelAsync(signage, "installed");
        var panel = await signage.ReadAsync(path);
        await signage.MakeAsync($"{path}/retirement");
        await mila.DrainAsync();

        var (id, shop, code, now) = (panel.Id(), panel.Text("spaceCode"), panel.Text("code"), mila.Clock.GetUtcNow());
        mila.Heard.OfType<PanelInstalled>().Single(n => n.PanelId == id).ShouldBe(new PanelInstalled(id, shop, MemberId: null, code, now));
        mila.Heard.OfType<PanelRetired>().Single(n => n.PanelId == id).ShouldBe(new PanelRetired(id, shop, MemberId: null, code, now));
    }

    [Fact]
    public async Task A_refused_step_is_told_to_nobody()
    {
        using var signage = await mila.KeyAsync(null, "signage:write");
        var path = await mila.PanelAsync(signage, "approved");

        await signage.PostAsync($"{path}/installation", null).ShouldRefuseAsync(HttpStatusCode.Conflict, "panel-not-fabricated");
        await mila.DrainAsync();

        var id = (await signage.ReadAsync(path)).Id();
        mila.Heard.OfType<PanelInstalled>().ShouldNotContain(n => n.PanelId == id);
    }

    [Fact]
    public async Task A_shop_shows_one_panel_at_a_time()
    {
        using var signage = await mila.KeyAsync(null, "signage:write");
        var shop = mila.NewShop();
        var old = await mila.PanelAsync(signage, "installed", new { spaceCode = shop, companyName = "Chambre Noire" });
        var next = await mila.PanelAsync(signage, "fabricated", new { spaceCode = shop, companyName = "Chambre Claire" });

        await signage.PostAsync($"{next}/installation", null).ShouldRefuseAsync(HttpStatusCode.Conflict, "panel-place-taken");
        await signage.MakeAsync($"{old}/retirement");
        (await signage.MakeAsync($"{next}/installation")).Text("stage").ShouldBe("installed");

        (await signage.ReadAsync(old)).Text("code").ShouldNotBe((await signage.ReadAsync(next)).Text("code"));
    }

    [Fact]
    public async Task Of_two_panels_installed_at_one_shop_at_once_exactly_one_hangs()
    {
        using var signage = await mila.KeyAsync(null, "signage:write");
        var shop = mila.NewShop();
        string[] paths = [await mila.PanelAsync(signage, "fabricated", new { spaceCode = shop, companyName = "A" }), await mila.PanelAsync(signage, "fabricated", new { spaceCode = shop, companyName = "B" })];

        var answers = await Task.WhenAll(paths.Select(p => signage.PostAsync($"{p}/installation", null)));

        answers.Select(a => a.StatusCode).Order().ShouldBe([HttpStatusCode.OK, HttpStatusCode.Conflict]);
        foreach (var answer in answers) answer.Dispose();
    }

    [Fact]
    public async Task Each_refusal_has_its_code()
    {
        using var signage = await mila.KeyAsync(null, "signage:write");
        var requested = await mila.PanelAsync(signage, "requested", new { spaceCode = mila.NewShop() });
        var installed = await mila.PanelAsync(signage, "installed");
        var authorised = await mila.PanelAsync(signage, "authorised", new { spaceCode = mila.NewShop(), companyName = "Chambre Noire", mounting = "outdoor" });

        foreach (var (path, code) in new[]
        {
            ($"{requested}/approval", "panel-nameless"), ($"{requested}/authorisation", "panel-authorisation-not-needed"), ($"{requested}/fabrication", "panel-not-approved"),
            ($"{requested}/installation", "panel-not-fabricated"), ($"{installed}/approval", "panel-already-approved"), ($"{installed}/fabrication", "panel-already-fabricated"),
            ($"{installed}/installation", "panel-already-installed"), ($"{authorised}/authorisation", "panel-already-authorised"),
        })
        {
            await signage.PostAsync(path, null).ShouldRefuseAsync(HttpStatusCode.Conflict, code);
        }

        foreach (var step in new[] { "approval", "authorisation", "fabrication", "installation", "retirement" })
        {
            await signage.PostAsync($"/v1/panels/{Guid.Empty}/{step}", null).ShouldRefuseAsync(HttpStatusCode.NotFound, "panel-unknown");
        }

        await signage.MakeAsync($"{requested}/retirement");
        await signage.PostAsync($"{requested}/retirement", null).ShouldRefuseAsync(HttpStatusCode.Conflict, "panel-retired");
    }

    [Fact]
    public async Task What_would_not_say_the_truth_is_not_printed()
    {
        using var signage = await mila.KeyAsync(null, "signage:write");
        var member = Guid.CreateVersion7();
        await mila.TellAsync(mila.Admitted(member));
        var path = await mila.PanelAsync(signage, "approved", new { spaceCode = mila.NewShop(), memberId = member });

        await mila.TellAsync(new Membership.Contracts.MemberSuspended(member, 2, mila.Clock.GetUtcNow()));

        await signage.PostAsync($"{path}/fabrication", null).ShouldRefuseAsync(HttpStatusCode.Conflict, "panel-stale");
    }
}
