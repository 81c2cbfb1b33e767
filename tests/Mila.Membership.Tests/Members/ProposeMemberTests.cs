using Mila.Testing.App;

namespace Mila.Membership.Tests.Members;

public sealed class ProposeMemberTests(TestMila mila) : IClassFixture<TestMila>
{
    [Fact]
    public async Task A_company_is_proposed_with_all_that_is_known()
    {
        using var admin = mila.Admin();
        var proposed = (await admin.TellAsync("/v1/members", new
        {
            name = "Éclats de Zinc",
            siren = "732829320",
            activities = new[] { "label", "publisher" },
            tagline = new { fr = "Disques d'orfèvre.", en = "Fine records." },
            website = "https://eclats.example",
            logoUrl = "https://eclats.example/logo.svg",
            notableArtists = new[] { "Zoé Marbœuf" },
        })).Expect(201);

        proposed.Header("Location").ShouldBe(proposed.Path());
        (proposed["slug"].GetString(), proposed["status"].GetString(), proposed["goodStanding"].GetBoolean(), proposed["affiliation"].GetString()).ShouldBe(("eclats-de-zinc", "candidate", false, null));
        var read = (await admin.AskAsync(proposed.Path())).Expect(200);
        (read.Text, read.Etag).ShouldBe((proposed.Text, proposed.Etag));
        (await admin.AskAsync(proposed.Path(), ("If-None-Match", proposed.Etag))).Status.ShouldBe(304);
        (await mila.SqlAsync("select count(*) from mila.outbox where type like 'Membership.%'")).ShouldBe(0L);
    }

    [Fact]
    public async Task A_name_is_enough_and_two_companies_may_share_it()
    {
        using var admin = mila.Admin();
        var slugs = await Task.WhenAll(Enumerable.Range(0, 3).Select(async _ => (await Scenario.CandidateAsync(admin, "Même Nom"))["slug"].GetString()));
        slugs.ShouldBe(["meme-nom", "meme-nom-2", "meme-nom-3"], ignoreOrder: true);
    }

    [Fact]
    public async Task Twenty_companies_of_one_name_are_all_proposed_at_once()
    {
        using var admin = mila.Admin();
        var answers = await TwentyAsync(admin, "Vingt Fois");
        answers.ShouldAllBe(a => a.Status == 201);
        answers.Select(a => a["slug"].GetString()).ShouldBe(["vingt-fois", .. Enumerable.Range(2, 19).Select(n => $"vingt-fois-{n}")], ignoreOrder: true);
    }

    [Fact]
    public async Task Control_without_turns_some_of_them_would_be_refused()
    {
        using var admin = mila.Admin();
        using var control = new WithoutNameLocks();
        var refused = 0;
        for (var round = 0; round < 5 && refused == 0; round++) refused = (await TwentyAsync(admin, $"Sans Tour {round}")).Count(a => a.Status != 201);

        refused.ShouldBeGreaterThan(0);
    }

    private static Task<Answer[]> TwentyAsync(HttpClient admin, string name) => Task.WhenAll(Enumerable.Range(0, 20).Select(_ => admin.TellAsync("/v1/members", new { name })));

    [Fact]
    public async Task A_siren_is_taken_once_however_many_ask_at_once()
    {
        using var admin = mila.Admin();
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => admin.TellAsync("/v1/members", new { name = $"Jumelle {i}", siren = "404833048" })));
        answers.Count(a => a.Status == 201).ShouldBe(1);
        foreach (var late in answers.Where(a => a.Status != 201)) late.ShouldRefuse(409, "member-siren-taken");
    }

    [Theory]
    [InlineData("""{}""", "/name required")]
    [InlineData("""{"name":""}""", "/name required")]
    [InlineData("""{"name":null}""", "/name wrong-type")]
    [InlineData("""{"name":"x","siren":"732829321"}""", "/siren wrong-format")]
    [InlineData("""{"name":"x","siren":732829320}""", "/siren wrong-type")]
    [InlineData("""{"name":"x","activities":["label","label"]}""", "/activities repeated")]
    [InlineData("""{"name":"x","activities":["magic"]}""", "/activities/0 wrong-type")]
    [InlineData("""{"name":"x","website":"http://x.example"}""", "/website wrong-format")]
    [InlineData("""{"name":"x","logoUrl":"javascript:alert(1)"}""", "/logoUrl wrong-format")]
    [InlineData("""{"name":"x","tagline":{"fr":""}}""", "/tagline/fr required")]
    [InlineData("""{"name":"x","notableArtists":[""]}""", "/notableArtists/0 required")]
    [InlineData("""{"name":"x","notableArtists":[null]}""", "/notableArtists/0 required")]
    [InlineData("""{"name":"x","status":"active"}""", "/status unknown-member")]
    [InlineData("""{"name":"x","goodStanding":true}""", "/goodStanding unknown-member")]
    public async Task A_company_that_cannot_be_is_refused_and_not_stored(string body, string fault)
    {
        using var admin = mila.Admin();
        (await admin.TellAsync("/v1/members", body)).Status.ShouldBe(422);
        var refused = await admin.TellAsync("/v1/members", body);
        refused.ShouldRefuse(422, "request-invalid");
        refused.Faults.ShouldContain(fault);
        (await mila.SqlAsync("select count(*) from membership.mt_doc_member where data -> 'profile' ->> 'name' in ('x', '')")).ShouldBe(0L);
    }

    [Fact]
    public async Task It_needs_a_key_that_writes_members()
    {
        using var nobody = mila.Anonymous();
        (await nobody.TellAsync("/v1/members", new { name = "x" })).ShouldRefuse(401, "unauthenticated");
        (await nobody.AskAsync("/v1/members")).ShouldRefuse(401, "unauthenticated");
        using var reader = await mila.KeyAsync(null, "membership:read");
        (await reader.AskAsync("/v1/members")).Expect(200);
        (await reader.TellAsync("/v1/members", new { name = "x" })).Status.ShouldBe(403);
        using var other = await mila.KeyAsync(null, "hosting:write");
        (await other.AskAsync("/v1/members")).Status.ShouldBe(403);
        using var admin = mila.Admin();
        (await admin.TellAsync("/v1/members", "{")).ShouldRefuse(400, "json-malformed");
        (await admin.AskAsync("/v1/members/0194f0c0-0000-7000-8000-000000000000")).ShouldRefuse(404, "member-unknown");
    }
}
