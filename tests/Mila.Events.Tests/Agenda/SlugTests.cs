using Mila.Events.Agenda;
using Mila.Testing.App;

namespace Mila.Events.Tests.Agenda;

public sealed class SlugTests(TestMila mila) : IClassFixture<TestMila>
{
    [Theory]
    [InlineData("Stratégie vidéo & développement d'audience", "strategie-video-developpement-d-audience")]
    [InlineData("  Œuvre — ÆON  ", "oeuvre-aeon")]
    [InlineData("MaMAMILA ! showcase", "mamamila-showcase")]
    [InlineData("音楽", "evenement")]
    [InlineData("!!!", "evenement")]
    [InlineData("L\ufffeété", "l-ete")]
    [InlineData("\ud800 Œil \udc00", "oeil")]
    [InlineData("\ufffe", "evenement")]
    public void A_title_makes_an_address_that_people_can_read(string title, string slug) => Slug.Of(title).ShouldBe(slug);

    [Fact]
    public void An_address_is_short_and_ends_in_no_hyphen()
    {
        var slug = Slug.Of(string.Concat(Enumerable.Repeat("abcdefghi ", 20)));
        slug.Length.ShouldBe(79);
        slug.ShouldEndWith("i");
    }

    [Fact]
    public async Task Events_of_one_title_are_numbered_and_keep_their_address()
    {
        using var admin = mila.Admin();
        var programme = await Scenario.ProgrammeAsync(admin);
        var first = await Scenario.PlannedAsync(admin, programme, "Le pot");
        var second = await Scenario.PlannedAsync(admin, programme, "Le pot !");
        second["slug"].GetString().ShouldBe("le-pot-2");

        (await admin.AmendAsync(first.Path(), new { title = new { fr = "Autre chose" } }, first.Etag)).Expect(200)["slug"].GetString().ShouldBe("le-pot");
    }

    [Fact]
    public async Task Two_colleagues_with_the_same_title_at_the_same_moment_both_succeed()
    {
        using var admin = mila.Admin();
        var programme = await Scenario.ProgrammeAsync(admin);
        for (var round = 1; round <= 5; round++)
        {
            var title = $"Afterwork {round}";
            var both = await Task.WhenAll(Scenario.PlannedAsync(admin, programme, title), Scenario.PlannedAsync(admin, programme, title));
            both.Select(b => b["slug"].GetString()).ShouldBe([$"afterwork-{round}", $"afterwork-{round}-2"], ignoreOrder: true);
        }
    }
}
