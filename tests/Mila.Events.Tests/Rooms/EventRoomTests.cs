using System.Text.Json;
using Mila.Events.Tests.Agenda;
using Mila.Hosting.Contracts;
using Mila.Testing.App;

namespace Mila.Events.Tests.Rooms;

public sealed class EventRoomTests(TestMila mila) : IClassFixture<TestMila>
{
    private static int _number;

    [Fact]
    public async Task An_event_asks_for_its_room_and_shows_the_answer()
    {
        using var admin = mila.Admin();
        var room = await RoomAsync(admin);
        var planned = await PlannedAsync(admin, room, "2026-03-16T19:00", "2026-03-16T21:00");
        planned["room"].GetString().ShouldBe("requested");
        var asked = (await mila.PublishedAsync("Events.RoomRequested")).Of(planned).ShouldHaveSingleItem();
        (asked.GetProperty("spaceCode").GetString(), asked.GetProperty("request").GetInt32()).ShouldBe((room, 1));

        await mila.DrainAsync();
        var read = (await admin.AskAsync(planned.Path())).Expect(200);
        (read["room"].GetString(), read["roomReason"].ValueKind).ShouldBe(("confirmed", JsonValueKind.Null));
        read.Etag.ShouldNotBe(planned.Etag, "Who reads it by its tag learns of the answer.");
        read["updatedAt"].GetString().ShouldBe(planned["updatedAt"].GetString(), "The public reads nothing else than before.");
        (await admin.AskAsync($"/v1/events?programme={planned["programme"].GetString()}"))["items"][0].GetProperty("room").GetString().ShouldBe("confirmed");
    }

    [Fact]
    public async Task Who_comes_second_is_refused_with_the_reason_and_who_follows_is_not()
    {
        using var admin = mila.Admin();
        var room = await RoomAsync(admin);
        var first = await PlannedAsync(admin, room, "2026-03-16T19:00", "2026-03-16T21:00");
        await mila.DrainAsync();
        var second = await PlannedAsync(admin, room, "2026-03-16T20:59", "2026-03-16T22:00");
        var after = await PlannedAsync(admin, room, "2026-03-16T21:00", "2026-03-16T22:00");
        await mila.DrainAsync();

        (await RoomOfAsync(admin, first)).ShouldBe("confirmed");
        (await RoomOfAsync(admin, after)).ShouldBe("confirmed");
        var refused = (await admin.AskAsync(second.Path())).Expect(200);
        refused["room"].GetString().ShouldBe("refused");
        refused["roomReason"].GetProperty("code").GetString().ShouldBe("space-taken");
        refused["roomReason"].GetProperty("fr").GetString().ShouldBe("Le local est pris à ce moment-là.");
        refused["roomReason"].GetProperty("en").GetString().ShouldBe("Somebody else has the space at that time.");
        (await admin.TellAsync($"{second.Path()}/publication", null)).Expect(200)["room"].GetString().ShouldBe("refused", "An event may take place without a room of MILA's.");
    }

    [Fact]
    public async Task A_room_that_does_not_exist_or_is_not_booked_is_refused_until_it_is()
    {
        using var admin = mila.Admin();
        var office = await RoomAsync(admin, bookable: false);
        var nowhere = $"NULLE-PART-{Interlocked.Increment(ref _number)}";
        var inTheOffice = await PlannedAsync(admin, office, "2026-03-16T19:00", "2026-03-16T21:00");
        var astray = await PlannedAsync(admin, nowhere, "2026-03-16T19:00", "2026-03-16T21:00");
        await mila.DrainAsync();
        (await admin.AskAsync(inTheOffice.Path()))["roomReason"].GetProperty("code").GetString().ShouldBe("space-not-bookable");
        (await admin.AskAsync(astray.Path()))["roomReason"].GetProperty("code").GetString().ShouldBe("space-unknown");

        (await admin.AmendAsync($"/v1/spaces/{office}", new { bookable = true }, await admin.TagAsync($"/v1/spaces/{office}"))).Expect(200);
        (await admin.TellAsync("/v1/spaces", new { code = nowhere, site = "pepiniere", kind = "meetingRoom", bookable = true })).Expect(201);
        await mila.DrainAsync();
        (await RoomOfAsync(admin, inTheOffice)).ShouldBe("confirmed");
        (await RoomOfAsync(admin, astray)).ShouldBe("confirmed");
    }

    [Fact]
    public async Task The_room_follows_the_event_when_it_moves_changes_room_or_needs_none()
    {
        using var admin = mila.Admin();
        var (one, other) = (await RoomAsync(admin), await RoomAsync(admin));
        var planned = await PlannedAsync(admin, one, "2026-04-13T19:00", "2026-04-13T21:00");
        await mila.DrainAsync();
        var waits = await PlannedAsync(admin, one, "2026-04-13T20:00", "2026-04-13T22:00");
        mila.Clock.Advance(TimeSpan.FromSeconds(1));
        var late = await PlannedAsync(admin, one, "2026-04-13T20:30", "2026-04-13T22:00");
        await mila.DrainAsync();
        (await RoomOfAsync(admin, waits)).ShouldBe("refused");

        // Another day: the room is asked for anew, and what became free goes to the first who was refused.
        var moved = await AmendAsync(admin, planned, new { startsAt = "2026-04-14T19:00", endsAt = "2026-04-14T21:00" });
        moved["room"].GetString().ShouldBe("requested");
        await mila.DrainAsync();
        (await RoomOfAsync(admin, planned), await RoomOfAsync(admin, waits), await RoomOfAsync(admin, late)).ShouldBe(("confirmed", "confirmed", "refused"));

        // Another room.
        await AmendAsync(admin, waits, new { venue = new { mode = "onSite", spaceCode = other } });
        await mila.DrainAsync();
        (await RoomOfAsync(admin, waits), await RoomOfAsync(admin, late)).ShouldBe(("confirmed", "confirmed"));

        // No room, and then no day.
        (await AmendAsync(admin, waits, new { venue = new { mode = "onSite", name = "104factory", spaceCode = (string?)null } }))["room"].ValueKind.ShouldBe(JsonValueKind.Null);
        (await AmendAsync(admin, late, new { startsAt = (string?)null, endsAt = (string?)null, month = "2026-05" }))["room"].ValueKind.ShouldBe(JsonValueKind.Null);
        (await mila.PublishedAsync("Events.RoomReleased")).Of(waits).ShouldHaveSingleItem().GetProperty("spaceCode").GetString().ShouldBe(other);
        await mila.DrainAsync();
        var third = await PlannedAsync(admin, one, "2026-04-13T20:30", "2026-04-13T22:00");
        await mila.DrainAsync();
        (await RoomOfAsync(admin, third)).ShouldBe("confirmed");
    }

    [Fact]
    public async Task An_event_that_is_off_gives_its_room_to_who_asked_first()
    {
        using var admin = mila.Admin();
        var room = await RoomAsync(admin);
        var events = new List<Answer>();
        for (var i = 0; i < 4; i++)
        {
            events.Add(await PlannedAsync(admin, room, "2026-06-15T19:00", "2026-06-15T21:00"));
            mila.Clock.Advance(TimeSpan.FromSeconds(1));
            await mila.DrainAsync();
        }

        foreach (var waits in events.Skip(1)) (await RoomOfAsync(admin, waits)).ShouldBe("refused");
        (await Scenario.CancelAsync(admin, events[0])).Expect(200)["room"].ValueKind.ShouldBe(JsonValueKind.Null);
        await mila.DrainAsync();
        (await RoomOfAsync(admin, events[1]), await RoomOfAsync(admin, events[2])).ShouldBe(("confirmed", "refused"));

        // Who asked second is off too, before anything became free for it: the third has the next turn.
        (await Scenario.CancelAsync(admin, events[2])).Expect(200);
        (await Scenario.CancelAsync(admin, events[1])).Expect(200);
        await mila.DrainAsync();
        (await RoomOfAsync(admin, events[3])).ShouldBe("confirmed");
    }

    [Fact]
    public async Task A_month_asks_for_no_room_and_its_day_does()
    {
        using var admin = mila.Admin();
        var room = await RoomAsync(admin);
        var inMarch = (await admin.TellAsync("/v1/events", new { programme = await Scenario.ProgrammeAsync(admin), title = new { fr = "En mars" }, month = "2026-03", venue = new { mode = "onSite", spaceCode = room } })).Expect(201);
        inMarch["room"].ValueKind.ShouldBe(JsonValueKind.Null);
        (await AmendAsync(admin, inMarch, new { startsAt = "2026-03-23T19:00", endsAt = "2026-03-23T21:00" }))["room"].GetString().ShouldBe("requested");
        (await AmendAsync(admin, inMarch, new { tags = new[] { "video" } }))["room"].GetString().ShouldBe("requested");
        (await mila.PublishedAsync("Events.RoomRequested")).Of(inMarch).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task An_answer_that_comes_twice_late_or_out_of_order_changes_nothing()
    {
        using var admin = mila.Admin();
        var room = await RoomAsync(admin);
        var planned = await PlannedAsync(admin, room, "2026-09-14T19:00", "2026-09-14T21:00");
        await mila.DrainAsync();
        await AmendAsync(admin, planned, new { startsAt = "2026-09-15T19:00", endsAt = "2026-09-15T21:00" });
        var id = Guid.Parse(planned.Id());
        var at = mila.Clock.GetUtcNow();

        // To the request before: not what is asked now.
        await mila.TellAsync(new RoomRefused(id, room, "space-taken", "Pris.", "Taken.", 1, 9, at));
        (await RoomOfAsync(admin, planned)).ShouldBe("confirmed");

        // To this one, but older than the answer that was heard; then a newer one.
        await mila.TellAsync(new RoomRefused(id, room, "space-taken", "Pris.", "Taken.", 2, 2, at));
        (await RoomOfAsync(admin, planned)).ShouldBe("confirmed");
        await mila.TellAsync(new RoomRefused(id, room, "space-taken", "Pris.", "Taken.", 2, 3, at), new RoomConfirmed(id, room, at, at, 2, 1, at));
        (await RoomOfAsync(admin, planned)).ShouldBe("refused");

        // After it was given up.
        (await Scenario.CancelAsync(admin, planned)).Expect(200);
        await mila.TellAsync(new RoomConfirmed(id, room, at, at, 3, 9, at), new RoomConfirmed(Guid.CreateVersion7(at), room, at, at, 1, 1, at));
        (await admin.AskAsync(planned.Path()))["room"].ValueKind.ShouldBe(JsonValueKind.Null);
    }

    private static async Task<string> RoomAsync(HttpClient admin, bool bookable = true) =>
        (await admin.TellAsync("/v1/spaces", new { code = $"SALLE-{Interlocked.Increment(ref _number)}", site = "pepiniere", kind = bookable ? "meetingRoom" : "office", bookable })).Expect(201)["code"].GetString()!;

    private static async Task<Answer> PlannedAsync(HttpClient admin, string room, string startsAt, string endsAt) =>
        (await admin.TellAsync("/v1/events", new { programme = await Scenario.ProgrammeAsync(admin), title = new { fr = "En salle" }, startsAt, endsAt, venue = new { mode = "onSite", spaceCode = room } })).Expect(201);

    private static async Task<Answer> AmendAsync(HttpClient admin, Answer planned, object changes) => (await admin.AmendAsync(planned.Path(), changes, await admin.TagAsync(planned.Path()))).Expect(200);

    private static async Task<string?> RoomOfAsync(HttpClient admin, Answer planned) => (await admin.AskAsync(planned.Path())).Expect(200)["room"].GetString();
}
