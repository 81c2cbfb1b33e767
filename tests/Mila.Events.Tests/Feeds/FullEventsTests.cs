using Microsoft.Extensions.DependencyInjection;
using Mila.Events.Feeds;
using Mila.Events.Tests.Agenda;
using Mila.Events.Tests.Networks;
using Mila.Events.Tests.Registrations;
using Mila.Testing.App;
using Npgsql;

namespace Mila.Events.Tests.Feeds;

/// <summary>The agenda says where no seat is left, and is written anew for that only when it changes.</summary>
public sealed class FullEventsTests(StillMila mila) : IClassFixture<StillMila>
{
    [Fact]
    public async Task The_last_seat_turns_the_agenda_over_and_those_before_it_do_not()
    {
        using var admin = mila.Admin();
        using var public_ = mila.Anonymous();
        var @event = await Door.OpenAsync(admin, capacity: 2, startsAt: "2026-05-16T18:00:00Z", endsAt: "2026-05-16T20:00:00Z");
        await TurnedAsync();
        var calendar = (await public_.AskAsync("/feeds/events.ics")).Header("ETag");

        await Door.RegisteredAsync(admin, @event);
        (await TurnedAsync()).ShouldBeFalse("There is a seat as before.");
        (await SaysAsync(public_, @event)).ShouldBe((false, "InStock", 1));

        var last = await Door.RegisteredAsync(admin, @event);
        (await TurnedAsync()).ShouldBeTrue();
        (await SaysAsync(public_, @event)).ShouldBe((true, "SoldOut", 5));
        foreach (var place in (string[])["/agenda", "/embed/agenda", $"/agenda/{Slug(@event)}", $"/embed/agenda?event={Slug(@event)}"]) (await public_.AskAsync(place)).Expect(200).Text.ShouldContain("<p class=\"flag full\">Complet : liste d");
        var english = (await public_.AskAsync($"/agenda/{Slug(@event)}?lang=en")).Text;
        english.ShouldContain("<p class=\"flag full\">Full: waiting list</p>");
        english.ShouldContain(">Join the waiting list</a>");
        (await public_.AskAsync("/feeds/events.ics")).Header("ETag").ShouldBe(calendar, "A calendar has no word for it and is the same.");

        var waiting = await Door.RegisteredAsync(admin, @event, "waitlisted");
        (await TurnedAsync()).ShouldBeFalse("It is as full as before.");

        // The seat that is given back is held for who waits: nobody else finds one.
        (await admin.TellAsync($"{last.Registration()}/cancellation", null)).Expect(200);
        (await TurnedAsync()).ShouldBeFalse();
        (await Door.StatusAsync(admin, waiting)).ShouldBe("offered");

        (await admin.TellAsync($"{waiting.Registration()}/cancellation", null)).Expect(200);
        (await TurnedAsync()).ShouldBeTrue();
        (await SaysAsync(public_, @event)).ShouldBe((false, "InStock", 1));
    }

    [Fact]
    public async Task Once_an_event_has_begun_it_is_full_and_nobody_is_led_to_a_line_that_is_no_more()
    {
        using var admin = mila.Admin();
        using var public_ = mila.Anonymous();
        var begins = mila.Clock.GetUtcNow().AddDays(2);
        var @event = await Door.OpenAsync(admin, capacity: 1, startsAt: begins.ToString("O"), endsAt: begins.AddHours(2).ToString("O"));
        var hybrid = await Door.OpenAsync(admin, capacity: 1, startsAt: begins.ToString("O"), endsAt: begins.AddHours(2).ToString("O"), venue: new { mode = "hybrid", name = "104factory" });
        foreach (var one in (Answer[])[@event, hybrid]) await Door.RegisteredAsync(admin, one);
        mila.Clock.SetUtcNow(begins.AddSeconds(-1));
        await TurnedAsync();
        var (before, hybridBefore) = ((await public_.AskAsync($"/agenda/{Slug(@event)}")).Text, (await public_.AskAsync($"/agenda/{Slug(hybrid)}")).Text);
        before.ShouldSatisfyAllConditions(p => p.ShouldContain("<p class=\"flag full\">Complet : liste d"), p => p.ShouldContain(">S'inscrire en liste d"), p => p.ShouldContain($"{Slug(@event)}/registration"));
        hybridBefore.ShouldContain("<p class=\"flag full\">Complet sur place : liste d");

        mila.Clock.SetUtcNow(begins);
        (await TurnedAsync()).ShouldBeTrue("Nobody registered; it has begun.");
        (await SaysAsync(public_, @event)).ShouldBe((true, "SoldOut", 5));
        var (begun, hybridBegun) = ((await public_.AskAsync($"/agenda/{Slug(@event)}")).Text, (await public_.AskAsync($"/agenda/{Slug(hybrid)}?lang=en")).Text);
        begun.ShouldSatisfyAllConditions(p => p.ShouldContain("<p class=\"flag full\">Complet</p>"), p => p.ShouldNotContain("S'inscrire en liste"), p => p.ShouldNotContain($"{Slug(@event)}/registration"));
        hybridBegun.ShouldSatisfyAllConditions(p => p.ShouldContain("<p class=\"flag full\">Full on site: places online</p>"), p => p.ShouldContain(">Register</a>"));
        (await Door.AskAsync(public_, @event)).ShouldRefuse(409, "event-full");
    }

    [Fact]
    public async Task A_seat_that_is_too_little_for_a_group_in_line_is_free_for_who_fits()
    {
        using var admin = mila.Admin();
        using var public_ = mila.Anonymous();
        var @event = await Door.OpenAsync(admin, capacity: 2, startsAt: "2026-05-17T18:00:00Z", endsAt: "2026-05-17T20:00:00Z");
        await Door.RegisteredAsync(admin, @event);
        await Door.RegisteredAsync(admin, @event, "waitlisted", more: new { seats = 2 });
        await TurnedAsync();
        (await SaysAsync(public_, @event)).Full.ShouldBeFalse();
        (await public_.AskAsync($"/agenda/{Slug(@event)}/registration?lang=en")).Expect(200).Text.ShouldNotContain("The event is full");

        await Door.RegisteredAsync(admin, @event, "confirmed");
        await TurnedAsync();
        (await SaysAsync(public_, @event)).Full.ShouldBeTrue();
        (await public_.AskAsync($"/agenda/{Slug(@event)}/registration?lang=en")).Expect(200).Text.ShouldContain("The event is full");
    }

    [Fact]
    public async Task A_pending_seat_fills_an_event_until_it_runs_out()
    {
        using var admin = mila.Admin();
        using var public_ = mila.Anonymous();
        var @event = await Door.OpenAsync(admin, capacity: 1, startsAt: "2026-05-18T18:00:00Z", endsAt: "2026-05-18T20:00:00Z");
        (await Door.AskAsync(public_, @event)).Expect(201);
        await TurnedAsync();
        (await SaysAsync(public_, @event)).Full.ShouldBeTrue();

        mila.Clock.Advance(TimeSpan.FromMinutes(31));
        (await TurnedAsync()).ShouldBeTrue();
        (await SaysAsync(public_, @event)).Full.ShouldBeFalse();
    }

    [Fact]
    public async Task An_event_that_flips_often_does_not_date_the_agenda_ahead()
    {
        using var admin = mila.Admin();
        var begins = mila.Clock.GetUtcNow().AddDays(2);
        var @event = await Door.OpenAsync(admin, capacity: 1, startsAt: begins.ToString("O"), endsAt: begins.AddHours(2).ToString("O"));
        await TurnedAsync();
        var dated = await mila.SqlAsync("select changed_at from events.agenda");
        for (var i = 0; i < 3; i++)
        {
            var registered = await Door.RegisteredAsync(admin, @event);
            (await TurnedAsync()).ShouldBeTrue("It is full.");
            (await admin.TellAsync($"{registered.Registration()}/cancellation", null)).Expect(200);
            (await TurnedAsync()).ShouldBeTrue("It is not.");
        }

        (await mila.SqlAsync("select changed_at from events.agenda")).ShouldBe(dated);
    }

    [Fact]
    public async Task A_larger_room_empties_it_and_a_hybrid_one_has_its_link_left()
    {
        using var admin = mila.Admin();
        using var public_ = mila.Anonymous();
        var @event = await Door.OpenAsync(admin, capacity: 1, startsAt: "2026-05-19T18:00:00Z", endsAt: "2026-05-19T20:00:00Z", venue: new { mode = "hybrid", name = "104factory", url = "https://live.example/x" });
        await Door.RegisteredAsync(admin, @event);
        await TurnedAsync();
        (await SaysAsync(public_, @event)).ShouldBe((true, "LimitedAvailability", 1));
        var page = (await public_.AskAsync($"/agenda/{Slug(@event)}")).Text;
        page.ShouldContain("Complet sur place");
        page.ShouldNotContain("S'inscrire en liste");
        page.ShouldContain(">S'inscrire</a>");

        await Door.ChangeAsync(admin, @event, new { capacity = 2 });
        await TurnedAsync();
        (await SaysAsync(public_, @event)).ShouldBe((false, "InStock", 1));
    }

    [Fact]
    public async Task Seats_that_are_kept_for_a_network_are_nobody_elses_until_their_release()
    {
        using var admin = mila.Admin();
        using var public_ = mila.Anonymous();
        await KeptSeatsTests.NetworkAsync(mila, seats: 1, releasedHoursBefore: 24);
        var @event = await Door.OpenAsync(admin, capacity: 2, audience: "network", startsAt: "2026-04-20T18:00:00Z", endsAt: "2026-04-20T20:00:00Z");
        var kept = await Door.OpenAsync(admin, capacity: 1, audience: "network", startsAt: "2026-04-20T18:00:00Z", endsAt: "2026-04-20T20:00:00Z");
        await Door.RegisteredAsync(admin, @event, more: new { memberId = await KeptSeatsTests.MemberAsync(mila) });
        await TurnedAsync();
        (await SaysAsync(public_, @event)).Full.ShouldBeTrue();
        (await SaysAsync(public_, kept)).Full.ShouldBeTrue("Its one seat is the network's, though nobody has asked yet.");

        mila.Clock.SetUtcNow(new DateTimeOffset(2026, 4, 19, 17, 59, 59, TimeSpan.Zero));
        await TurnedAsync();
        (await SaysAsync(public_, @event)).Full.ShouldBeTrue();
        mila.Clock.SetUtcNow(new DateTimeOffset(2026, 4, 19, 18, 0, 0, TimeSpan.Zero));
        (await TurnedAsync()).ShouldBeTrue("Nobody registered; the time of the release has come.");
        (await SaysAsync(public_, @event)).Full.ShouldBeFalse();
        (await SaysAsync(public_, kept)).Full.ShouldBeFalse();
    }

    private static string Slug(Answer @event) => @event["slug"].GetString()!;

    /// <summary>What the JSON feed, schema.org and OpenAgenda's shape say of its seats.</summary>
    private static async Task<(bool Full, string Availability, int OpenAgenda)> SaysAsync(HttpClient public_, Answer @event)
    {
        var item = (await public_.AskAsync("/feeds/events.json")).Expect(200)["items"].EnumerateArray().Select(i => i.GetProperty("_mila")).Single(i => i.GetProperty("slug").GetString() == Slug(@event));
        var page = (await public_.AskAsync($"/agenda/{Slug(@event)}")).Expect(200).Text;
        var availability = page[(page.IndexOf("\"availability\":\"https://schema.org/", StringComparison.Ordinal) + 35)..];
        var shape = (await public_.AskAsync("/feeds/openagenda/events.v2.json")).Expect(200)["events"].EnumerateArray().Single(e => e.GetProperty("slug").GetString() == Slug(@event));
        return (item.GetProperty("full").GetBoolean(), availability[..availability.IndexOf('"', StringComparison.Ordinal)], shape.GetProperty("status").GetInt32());
    }

    /// <summary>Whether the agenda was read anew, once everybody has heard what happened.</summary>
    private async Task<bool> TurnedAsync()
    {
        await mila.DrainAsync();
        await using var source = NpgsqlDataSource.Create(mila.ConnectionString);
        await using var connection = await source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        return await mila.Services.GetRequiredService<PublicAgenda>().CatchUpAsync(connection, TestContext.Current.CancellationToken);
    }
}
