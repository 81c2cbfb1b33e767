using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Mila.Signage.Contracts;
using Mila.Signage.Panels;
using Mila.Testing.App;
using Npgsql;

namespace Mila.Signage.Tests.Panels;

public sealed class RequestPanelTests(SignageMila mila) : IClassFixture<SignageMila>
{
    [Fact]
    public async Task A_panel_is_for_a_shop_that_there_is()
    {
        using var admin = mila.Admin();
        using var signage = await mila.KeyAsync(null, "signage:write");
        (await admin.TellAsync("/v1/spaces", new { code = "RUE-901", site = "rue-de-la-musique", kind = "shop" })).Expect(201);
        (await admin.TellAsync("/v1/spaces", new { code = "OFF-901", site = "milab", kind = "office" })).Expect(201);
        await mila.DrainAsync();

        (await signage.TellAsync("/v1/panels", new { spaceCode = "NOWHERE-99" })).ShouldRefuse(422, "space-unknown", "/spaceCode space-unknown");
        (await signage.TellAsync("/v1/panels", new { spaceCode = "OFF-901" })).ShouldRefuse(422, "panel-space-not-shop", "/spaceCode panel-space-not-shop");
        (await signage.AskAsync("/v1/panels?spaceCode=NOWHERE-99,OFF-901")).Expect(200)["items"].GetArrayLength().ShouldBe(0);
        (await signage.TellAsync("/v1/panels", new { spaceCode = "RUE-901" })).Expect(201);

        // Of a shop that was leased before Hosting told of spaces, its lease says that it is one.
        var member = Guid.CreateVersion7();
        await mila.TellAsync(mila.Admitted(member), mila.Started(member, "RUE-902"));
        (await signage.TellAsync("/v1/panels", new { spaceCode = "RUE-902" })).ShouldRefuse(409, "panel-in-preparation");
    }

    [Fact]
    public async Task A_panel_is_requested_and_read_back_whole()
    {
        using var signage = await mila.KeyAsync(null, "signage:write");
        var shop = mila.NewShop();
        var body = new
        {
            spaceCode = shop,
            mounting = "outdoor",
            companyName = "Chambre Noire",
            tagline = new { fr = "Des disques", en = "Records" },
            activity = "label",
            website = "https://noire.example/",
            logoUrl = "https://noire.example/logo.svg",
            notableArtists = new[] { "Nina" },
        };

        using var answer = await signage.PostAsJsonAsync("/v1/panels", body);

        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        var panel = await signage.ReadAsync(answer.Headers.Location!.ToString());
        (panel.Text("spaceCode"), panel.Text("stage"), panel.Text("mounting"), panel.GetProperty("version").GetInt32(), panel.Stale().Length).ShouldBe((shop, "requested", "outdoor", 1, 0));
        (panel.Text("companyName"), panel.GetProperty("tagline").Text("en"), panel.Text("activity"), panel.Text("website"), panel.Text("logoUrl"))
            .ShouldBe(("Chambre Noire", "Records", "label", "https://noire.example/", "https://noire.example/logo.svg"));
        (panel.GetProperty("widthMillimetres").GetInt32(), panel.GetProperty("heightMillimetres").GetInt32(), panel.GetProperty("memberId").ValueKind).ShouldBe((400, 600, JsonValueKind.Null));
        PanelCode.Read(panel.Text("code")).ShouldBe(panel.Text("code"));
    }

    [Fact]
    public async Task What_is_not_said_of_a_known_member_is_taken_from_it()
    {
        using var signage = await mila.KeyAsync(null, "signage:write");
        var member = Guid.CreateVersion7();
        await mila.TellAsync(mila.Admitted(member), mila.Changed(member, tagline: "Des disques"));

        var panel = await signage.MakeAsync("/v1/panels", new { spaceCode = mila.NewShop(), memberId = member, activity = "Disques faits main" });

        (panel.Text("companyName"), panel.GetProperty("tagline").Text("fr"), panel.Text("activity"), panel.Text("website")).ShouldBe(("Chambre Noire", "Des disques", "Disques faits main", "https://chambre-noire.example/"));
    }

    [Fact]
    public async Task The_others_are_told_of_it()
    {
        using var signage = await mila.KeyAsync(null, "signage:write");

        var panel = await signage.MakeAsync("/v1/panels", new { spaceCode = mila.NewShop() });
        await mila.DrainAsync();

        mila.Heard.OfType<PanelRequested>().Single(n => n.PanelId == panel.Id()).ShouldBe(new PanelRequested(panel.Id(), panel.Text("spaceCode"), MemberId: null, mila.Clock.GetUtcNow()));
    }

    [Fact]
    public async Task Each_refusal_has_its_code_and_stores_nothing()
    {
        using var signage = await mila.KeyAsync(null, "signage:write");
        var (taken, free) = (mila.NewShop(), mila.NewShop());
        await signage.MakeAsync("/v1/panels", new { spaceCode = taken });

        await signage.GetAsync($"/v1/panels/{Guid.Empty}").ShouldRefuseAsync(HttpStatusCode.NotFound, "panel-unknown");
        await signage.PostAsJsonAsync("/v1/panels", new { spaceCode = taken }).ShouldRefuseAsync(HttpStatusCode.Conflict, "panel-in-preparation");
        await signage.PostAsJsonAsync("/v1/panels", new { spaceCode = free, memberId = Guid.CreateVersion7() }).ShouldRefuseAsync(HttpStatusCode.UnprocessableEntity, "member-unknown");
        foreach (var body in new object[]
        {
            new { spaceCode = "rue 1" }, new { companyName = "x" }, new { spaceCode = free, mounting = "roof" }, new { spaceCode = free, website = "http://noire.example/" },
            new { spaceCode = free, website = "https://mila@evil.example/" }, new { spaceCode = free, website = "javascript:alert(1)" }, new { spaceCode = free, logoUrl = "ftp://x.example/" },
            new { spaceCode = free, companyName = new string('x', 201) }, new { spaceCode = free, code = "bcdfgh2" }, new { spaceCode = free, stage = "installed" },
            new { spaceCode = free, memberId = "nobody" }, new { spaceCode = free, tagline = new { en = "only English" } }, new { spaceCode = free, notableArtists = new[] { "" } },
        })
        {
            await signage.PostAsJsonAsync("/v1/panels", body).ShouldRefuseAsync(HttpStatusCode.UnprocessableEntity, "request-invalid");
        }

        await signage.PostAsync("/v1/panels", new StringContent("{\"spaceCode\":", Encoding.UTF8, "application/json")).ShouldRefuseAsync(HttpStatusCode.BadRequest, "json-malformed");
        (await SignageMila.PanelsAsync(signage, free)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Of_many_that_request_a_panel_for_one_shop_at_once_exactly_one_succeeds()
    {
        using var signage = await mila.KeyAsync(null, "signage:write");
        for (var round = 0; round < 5; round++) (await RaceAsync(signage)).ShouldBe(1);
    }

    [Fact]
    public async Task Without_the_index_a_shop_would_have_two_panels_in_preparation()
    {
        using var signage = await mila.KeyAsync(null, "signage:write");
        await using var database = NpgsqlDataSource.Create(mila.ConnectionString);
        var definition = (string)(await ScalarAsync(database, "select indexdef from pg_indexes where schemaname = 'signage' and indexname = 'panel_one_per_place'"))!;
        await ScalarAsync(database, "drop index signage.panel_one_per_place");
        try
        {
            var most = 0;
            for (var round = 0; round < 40 && most < 2; round++) most = Math.Max(most, await RaceAsync(signage));

            most.ShouldBeGreaterThan(1);
        }
        finally
        {
            await ScalarAsync(database, "delete from signage.mt_doc_panel a using signage.mt_doc_panel b where a.data ->> 'place' = b.data ->> 'place' and a.id > b.id");
            await ScalarAsync(database, definition);
        }
    }

    [Fact]
    public async Task Reading_needs_a_key_and_writing_needs_the_scope()
    {
        using var anonymous = mila.Anonymous();
        using var reader = await mila.KeyAsync(null, "signage:read");
        using var stranger = await mila.KeyAsync(null, "hosting:write");
        var body = new { spaceCode = mila.NewShop() };

        (await StatusAsync(anonymous.GetAsync("/v1/panels"))).ShouldBe(HttpStatusCode.Unauthorized);
        (await StatusAsync(anonymous.PostAsJsonAsync("/v1/panels", body))).ShouldBe(HttpStatusCode.Unauthorized);
        (await StatusAsync(reader.GetAsync("/v1/panels"))).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(reader.PostAsJsonAsync("/v1/panels", body))).ShouldBe(HttpStatusCode.Forbidden);
        (await StatusAsync(stranger.GetAsync("/v1/panels"))).ShouldBe(HttpStatusCode.Forbidden);
        foreach (var step in new[] { "approval", "authorisation", "fabrication", "installation", "retirement" })
        {
            (await StatusAsync(reader.PostAsync($"/v1/panels/{Guid.Empty}/{step}", null))).ShouldBe(HttpStatusCode.Forbidden, step);
        }
    }

    private async Task<int> RaceAsync(HttpClient signage)
    {
        var shop = mila.NewShop();
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => signage.PostAsJsonAsync("/v1/panels", new { spaceCode = shop })));
        answers.ShouldAllBe(a => a.StatusCode == HttpStatusCode.Created || a.StatusCode == HttpStatusCode.Conflict);
        foreach (var answer in answers) answer.Dispose();
        return (await SignageMila.PanelsAsync(signage, shop)).Length;
    }

    private static async Task<object?> ScalarAsync(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }

    private static async Task<HttpStatusCode> StatusAsync(Task<HttpResponseMessage> asked)
    {
        using var answer = await asked;
        return answer.StatusCode;
    }
}
