using System.Text.Json;
using Mila.Events.Agenda;
using Mila.Events.Tests.Agenda;
using Mila.Testing.App;

namespace Mila.Events.Tests.Feeds;

/// <summary>One place, the same wherever somebody reads it.</summary>
public sealed class WhereaboutsTests(TestMila mila) : IClassFixture<TestMila>
{
    private const string Line = $"{Whereabouts.House}, {Whereabouts.HouseAddress}";

    [Fact]
    public void A_room_of_MILAs_without_a_name_is_at_MILA()
    {
        Whereabouts.Of(new Venue(VenueMode.OnSite, SpaceCode: "SALLE-1")).Line.ShouldBe(Line);
        Whereabouts.Of(new Venue(VenueMode.Hybrid, "\u200b", SpaceCode: "SALLE-1")).Line.ShouldBe(Line);
        Whereabouts.Of(new Venue(VenueMode.OnSite, "La grande salle", SpaceCode: "SALLE-1")).Line.ShouldBe("La grande salle");
        Whereabouts.Of(new Venue(VenueMode.OnSite, Address: "2 place Nilda Fernandez", SpaceCode: "SALLE-1")).Line.ShouldBe("MILA, 2 place Nilda Fernandez");
        Whereabouts.Of(new Venue(VenueMode.Online, SpaceCode: "SALLE-1")).Line.ShouldBeNull();
        Whereabouts.Of(new Venue(VenueMode.OnSite, "104\r\nfactory", "104 rue d'Aubervilliers")).Line.ShouldBe("104 factory, 104 rue d'Aubervilliers");
    }

    [Fact]
    public void Where_nobody_has_said_it_there_is_none() => (Whereabouts.Of(null).Line, Whereabouts.Of(new Venue(VenueMode.OnSite)).Line).ShouldBe((null, null));

    [Fact]
    public async Task Every_surface_says_the_same()
    {
        using var admin = mila.Admin();
        using var public_ = mila.Anonymous();
        var (slug, page) = await PublishedAsync(admin, public_, new { mode = "onSite", spaceCode = "SALLE-1" });

        page.Text.ShouldContain($"<dd>{Line}");
        page.Text.ShouldContain("openstreetmap.org");
        var place = Location(page);
        (place.GetProperty("name").GetString(), place.GetProperty("address").GetString()).ShouldBe((Whereabouts.House, Whereabouts.HouseAddress));
        (await public_.AskAsync($"/agenda/{slug}/event.ics")).Text.Replace("\r\n ", "", StringComparison.Ordinal).ShouldContain($"LOCATION:{Line.Replace(",", "\\,", StringComparison.Ordinal)}");
        foreach (var surface in (string[])["/agenda", "/embed/agenda?limit=100", "/feeds/events.atom", "/feeds/events.rss", "/feeds/events.json"]) (await public_.AskAsync(surface)).Text.ShouldContain(Line, customMessage: surface);
        (await public_.AskAsync("/feeds/events.csv")).Text.ShouldContain($",onSite,{Whereabouts.House},\"{Whereabouts.HouseAddress}\"");
        var shown = Item(await public_.AskAsync("/feeds/events.json"), slug).GetProperty("venue");
        (shown.GetProperty("name").GetString(), shown.GetProperty("address").GetString(), shown.GetProperty("spaceCode").GetString()).ShouldBe((Whereabouts.House, Whereabouts.HouseAddress, "SALLE-1"));
        var location = OpenAgenda(await public_.AskAsync("/feeds/openagenda/events.v2.json"), slug).GetProperty("location");
        (location.GetProperty("name").GetString(), location.GetProperty("address").GetString()).ShouldBe((Whereabouts.House, Whereabouts.HouseAddress));
        var venue = OpenAgenda(await public_.AskAsync("/wp-json/tribe/events/v1/events?per_page=50"), slug).GetProperty("venue");
        (venue.GetProperty("venue").GetString(), venue.GetProperty("address").GetString()).ShouldBe((Whereabouts.House, Whereabouts.HouseAddress));

        (await admin.TellAsync($"/v1/events/{Item(await public_.AskAsync("/feeds/events.json"), slug).GetProperty("id").GetString()}/registrations", new { name = "Ada", email = "ada@whereabouts.example" })).Expect(201);
        await mila.DrainAsync();
        (await MailAsync(admin, "ada@whereabouts.example")).ShouldContain(Line);
    }

    [Fact]
    public async Task What_nobody_has_said_is_made_up_nowhere()
    {
        using var admin = mila.Admin();
        using var public_ = mila.Anonymous();
        var (slug, page) = await PublishedAsync(admin, public_, null);
        page.Text.ShouldNotContain("<dt>Où</dt>");
        (Location(page).GetProperty("name").GetString(), Location(page).GetProperty("address").GetString()).ShouldBe(("Lieu à confirmer", "Paris"));
        (await public_.AskAsync($"/agenda/{slug}/event.ics")).Text.ShouldNotContain("LOCATION");
        OpenAgenda(await public_.AskAsync("/feeds/openagenda/events.v2.json"), slug).GetProperty("location").GetProperty("name").GetString().ShouldBe("Lieu à confirmer");
        OpenAgenda(await public_.AskAsync("/wp-json/tribe/events/v1/events?per_page=50"), slug).GetProperty("venue").GetArrayLength().ShouldBe(0);
    }

    private static async Task<(string Slug, Answer Page)> PublishedAsync(HttpClient admin, HttpClient public_, object? venue)
    {
        var planned = (await admin.TellAsync("/v1/events", new { programme = await Scenario.ProgrammeAsync(admin), title = new { fr = "Où donc" }, startsAt = "2026-05-04T17:00:00Z", endsAt = "2026-05-04T19:00:00Z", audience = "public", venue })).Expect(201);
        (await admin.TellAsync($"{planned.Path()}/publication", null)).Expect(200);
        var slug = planned["slug"].GetString()!;
        await public_.GetUntilAsync("/feeds/events.json", a => a.Text.Contains($"\"{slug}\"", StringComparison.Ordinal));
        return (slug, await public_.AskAsync($"/agenda/{slug}"));
    }

    private static JsonElement Location(Answer page)
    {
        const string start = "<script type=\"application/ld+json\">";
        var from = page.Text.IndexOf(start, StringComparison.Ordinal) + start.Length;
        return JsonDocument.Parse(page.Text[from..page.Text.IndexOf("</script>", from, StringComparison.Ordinal)]).RootElement.GetProperty("location");
    }

    private static JsonElement Item(Answer feed, string slug) => feed["items"].EnumerateArray().Select(i => i.GetProperty("_mila")).Single(m => m.GetProperty("slug").GetString() == slug);

    private static JsonElement OpenAgenda(Answer events, string slug) => events["events"].EnumerateArray().Single(e => e.GetProperty("slug").GetString() == slug);

    private static async Task<string> MailAsync(HttpClient admin, string to)
    {
        var list = (await admin.AskAsync($"/v1/mails?to={Uri.EscapeDataString(to)}&sort=-createdAt&limit=1")).Expect(200);
        return (await admin.AskAsync($"/v1/mails/{list["items"][0].GetProperty("id").GetString()}")).Expect(200)["text"].GetString()!;
    }
}
