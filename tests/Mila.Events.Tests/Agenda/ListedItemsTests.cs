using Mila.Testing.App;

namespace Mila.Events.Tests.Agenda;

public sealed class ListedItemsTests(TestMila mila) : IClassFixture<TestMila>
{
    [Fact]
    public async Task An_item_reads_as_the_event_itself_does_before_and_after_each_change()
    {
        using var admin = mila.Admin();
        var programme = await Scenario.ProgrammeAsync(admin, "as-itself");
        var planned = await Scenario.PublishedAsync(admin, programme, "L'été & <b>", "2026-09-20T17:00:00Z", "2026-09-20T19:00:00Z");
        await SameAsync();
        await SameAsync();

        (await admin.AmendAsync(planned.Path(), new { capacity = 2, audience = "public", title = new { en = "Summer" } }, planned.Etag)).Expect(200);
        (await SameAsync()).ShouldContain("Summer");
        (await admin.TellAsync($"{planned.Path()}/registrations", new { name = "Ada", email = "ada@label.example" })).Expect(201);
        (await SameAsync()).ShouldContain("\"seatsTaken\":1");
        (await admin.TellAsync($"{planned.Path()}/registrations", new { name = "Bo", email = "bo@label.example", seats = 2 })).Expect(201);
        (await SameAsync()).ShouldContain("\"waiting\":1");

        async Task<string> SameAsync()
        {
            var item = (await admin.AskAsync("/v1/events?programme=as-itself")).Expect(200)["items"].EnumerateArray().ShouldHaveSingleItem().GetRawText();
            item.ShouldBe((await admin.AskAsync(planned.Path())).Expect(200).Text);
            return item;
        }
    }

    [Fact]
    public async Task A_page_whose_items_are_kept_is_followed_as_any_other()
    {
        using var admin = mila.Admin();
        var programme = await Scenario.ProgrammeAsync(admin, "paged-items");
        for (var day = 1; day <= 5; day++) await Scenario.PlannedAsync(admin, programme, $"Day {day}", $"2026-10-2{day}T17:00:00Z", $"2026-10-2{day}T19:00:00Z");

        for (var round = 0; round < 2; round++)
        {
            var titles = new List<string?>();
            for (var path = "/v1/events?programme=paged-items&limit=2"; path is not null;)
            {
                var page = (await admin.AskAsync(path)).Expect(200);
                page.ContentHeaders.ContentLength.ShouldBe(System.Text.Encoding.UTF8.GetByteCount(page.Text));
                titles.AddRange(page["items"].EnumerateArray().Select(i => i.GetProperty("title").GetProperty("fr").GetString()));
                path = page["next"].GetString() is { } next ? new Uri(next).PathAndQuery : null;
            }

            titles.ShouldBe(["Day 1", "Day 2", "Day 3", "Day 4", "Day 5"]);
        }

        (await admin.AskAsync("/v1/events?programme=nothing")).Expect(200).Text.ShouldBe("{\"items\":[],\"next\":null}");
    }
}
