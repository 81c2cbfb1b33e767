using Mila.Testing.App;

namespace Mila.Membership.Tests.Members;

public sealed class ListMembersTests(TestMila mila) : IClassFixture<TestMila>
{
    [Fact]
    public async Task Members_are_found_by_what_they_do_how_they_belong_and_what_they_are_called()
    {
        using var admin = mila.Admin();
        await Scenario.ActiveAsync(admin, said: new { name = "Éclats de Zinc", activities = new[] { "label", "publisher" }, siren = "732829320" });
        await Scenario.ActiveAsync(admin, said: new { name = "Fréquence 100 %", activities = new[] { "media" } });
        await Scenario.CandidateAsync(admin, said: new { name = "Dernière Vague", activities = new[] { "label" } });
        await Scenario.SuspendedAsync(admin, "Compagnie Zéro");

        (await Names("")).Take(2).ShouldBe(["Compagnie Zéro", "Dernière Vague"]);
        (await Names("?activity=label")).ShouldBe(["Dernière Vague", "Éclats de Zinc"]);
        (await Names("?activity=media,publisher")).ShouldBe(["Éclats de Zinc", "Fréquence 100 %"]);
        (await Names("?activity=label&status=active")).ShouldBe(["Éclats de Zinc"]);
        (await Names("?status=candidate,suspended")).ShouldBe(["Compagnie Zéro", "Dernière Vague"]);
        (await Names("?affiliation=beneficiary&status=active")).ShouldBe(["Éclats de Zinc", "Fréquence 100 %"]);
        (await Names("?affiliation=pole")).ShouldBeEmpty();
        (await Names("?q=zinc")).ShouldBe(["Éclats de Zinc"]);
        (await Names("?q=eclats%20de%20z")).ShouldBe(["Éclats de Zinc"]);
        (await Names("?q=732829320")).ShouldBe(["Éclats de Zinc"]);
        (await Names("?q=100%20%25")).ShouldBe(["Fréquence 100 %"], "a percent sign is searched, not a wildcard");
        (await Names("?q=%25")).ShouldBe(["Fréquence 100 %"]);
        (await Names("?sort=-name&limit=1")).ShouldBe(["Fréquence 100 %"]);

        foreach (var (query, fault) in new[] { ("?activity=magic", "?activity unknown-value"), ("?status=Active", "?status unknown-value"), ("?affiliation=tenant", "?affiliation unknown-value"), ("?sort=siren", "?sort unknown-sort"), ("?limit=251", "?limit out-of-range"), ("?name=x", "?name unknown-parameter") })
        {
            (await admin.AskAsync("/v1/members" + query)).ShouldRefuse(400, "list-query-malformed", fault);
        }

        async Task<string[]> Names(string query) => [.. (await admin.AskAsync("/v1/members" + query)).Expect(200)["items"].EnumerateArray().Select(i => i.GetProperty("name").GetString()!)];
    }
}
