using System.Net;
using Mila.Testing.App;

namespace Mila.Signage.Tests.Panels;

public sealed class FollowPanelCodeTests(SignageMila mila) : IClassFixture<SignageMila>
{
    [Fact]
    public async Task A_code_leads_to_the_companys_own_site_whatever_the_stage()
    {
        using var signage = await mila.KeyAsync(null, "signage:write");
        foreach (var stage in new[] { "requested", "installed" })
        {
            var path = await mila.PanelAsync(signage, stage, new { spaceCode = mila.NewShop(), companyName = "Chambre Noire", website = "https://noire.example/disques?a=b" });
            (await LeadsToAsync((await signage.ReadAsync(path)).Text("code"))).ShouldBe("https://noire.example/disques?a=b");
        }
    }

    [Fact]
    public async Task A_code_typed_in_capitals_leads_there_too()
    {
        using var signage = await mila.KeyAsync(null, "signage:write");
        var panel = await signage.MakeAsync("/v1/panels", new { spaceCode = mila.NewShop(), website = "https://noire.example/" });

        (await LeadsToAsync(panel.Text("code").ToUpperInvariant())).ShouldBe("https://noire.example/");
    }

    [Fact]
    public async Task A_code_never_leads_nowhere()
    {
        using var signage = await mila.KeyAsync(null, "signage:write");
        var retired = await mila.PanelAsync(signage, "installed", new { spaceCode = mila.NewShop(), companyName = "Chambre Noire", website = "https://noire.example/" });
        await signage.MakeAsync($"{retired}/retirement");
        var siteless = await signage.MakeAsync("/v1/panels", new { spaceCode = mila.NewShop() });

        foreach (var code in new[] { (await signage.ReadAsync(retired)).Text("code"), siteless.Text("code"), "2222222", "nonsense-of-any-length", "%0d%0aLocation:x", "https%3A%2F%2Fevil.example" })
        {
            (await LeadsToAsync(code)).ShouldBe("/agenda", code);
        }
    }

    [Fact]
    public async Task A_member_whose_site_is_not_https_leads_to_the_agenda()
    {
        using var signage = await mila.KeyAsync(null, "signage:write");
        foreach (var website in new[] { "http://noire.example/", "https://mila@evil.example/", "javascript:alert(1)" })
        {
            var member = Guid.CreateVersion7();
            await mila.TellAsync(mila.Changed(member, website: website));
            var panel = await signage.MakeAsync("/v1/panels", new { spaceCode = mila.NewShop(), memberId = member });

            (await LeadsToAsync(panel.Text("code"))).ShouldBe("/agenda");
        }
    }

    [Fact]
    public async Task The_code_of_a_printed_panel_follows_the_member_to_its_new_site()
    {
        using var signage = await mila.KeyAsync(null, "signage:write");
        var member = Guid.CreateVersion7();
        await mila.TellAsync(mila.Admitted(member), mila.Changed(member));
        var path = await mila.PanelAsync(signage, "installed", new { spaceCode = mila.NewShop(), memberId = member });

        await mila.TellAsync(mila.Changed(member, website: "https://new.example/", revision: 3));

        var panel = await signage.ReadAsync(path);
        (await LeadsToAsync(panel.Text("code"))).ShouldBe("https://new.example/");
        panel.Stale().ShouldBeEmpty();
    }

    private async Task<string> LeadsToAsync(string code)
    {
        using var passerBy = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = mila.Address };
        using var answer = await passerBy.GetAsync($"/q/{code}");
        answer.StatusCode.ShouldBe(HttpStatusCode.Found);
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        answer.Headers.Contains("Set-Cookie").ShouldBeFalse();
        return answer.Headers.Location!.OriginalString;
    }
}
