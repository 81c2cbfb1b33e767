using Microsoft.Extensions.DependencyInjection;
using Mila.BuildingBlocks.Time;
using Mila.Events.Feeds;
using Mila.Events.Tests.Agenda;
using Mila.Events.Tests.PartnerEvents;
using Mila.Partners.Contracts;
using Mila.Testing.App;
using Mila.Testing.Postgres;
using Npgsql;

namespace Mila.Events.Tests.Feeds;

/// <summary>A host whose agenda does not follow by itself, so that the tests say when it looks.</summary>
public sealed class StillMila(TestPostgres postgres) : TestMila(postgres)
{
    protected override IEnumerable<KeyValuePair<string, string?>> Settings => [.. base.Settings, new("Agenda:Follow", "false")];
}

public sealed class OtherHostsTests(StillMila mila) : IClassFixture<StillMila>
{
    [Fact]
    public async Task A_change_of_another_host_is_seen_by_the_count_even_when_the_call_was_missed()
    {
        using var admin = mila.Admin();
        await Scenario.PublishedAsync(admin, title: "Missed call", startsAt: "2026-12-03T17:00:00Z", endsAt: "2026-12-03T19:00:00Z");

        (await SeesAsync("Missed call")).ShouldBeTrue();
        (await CatchUpAsync()).ShouldBeFalse("Nothing has changed since.");
    }

    [Fact]
    public async Task Without_the_count_it_is_not_seen()
    {
        using var admin = mila.Admin();
        await CatchUpAsync();
        AgendaListener.Enabled = false;
        try
        {
            await Scenario.PublishedAsync(admin, title: "Uncounted", startsAt: "2026-12-03T17:00:00Z", endsAt: "2026-12-03T19:00:00Z");
            (await SeesAsync("Uncounted")).ShouldBeFalse();
        }
        finally
        {
            AgendaListener.Enabled = true;
        }
    }

    [Fact]
    public async Task Two_changes_in_one_second_are_told_apart_by_time_too()
    {
        using var admin = mila.Admin();
        await Scenario.PublishedAsync(admin, title: "First", startsAt: "2026-12-03T17:00:00Z", endsAt: "2026-12-03T19:00:00Z");
        var first = await ChangedAtAsync();
        await Scenario.PublishedAsync(admin, title: "Second", startsAt: "2026-12-03T17:00:00Z", endsAt: "2026-12-03T19:00:00Z");

        (await ChangedAtAsync()).ShouldBeGreaterThan(first);
    }

    [Fact]
    public async Task Time_alone_takes_down_what_was_cancelled_30_days_ago()
    {
        using var admin = mila.Admin();
        var published = await Scenario.PublishedAsync(admin, title: "Long gone", startsAt: "2027-06-03T17:00:00Z", endsAt: "2027-06-03T19:00:00Z");
        (await Scenario.CancelAsync(admin, published)).Expect(200);
        mila.Clock.Advance(TimeSpan.FromDays(30) - TimeSpan.FromSeconds(1));
        (await SeesAsync("Long gone")).ShouldBeTrue();
        var before = await ChangedAtAsync();
        (await CatchUpAsync()).ShouldBeFalse("It was read a moment ago, and nothing has changed.");

        mila.Clock.Advance(TimeSpan.FromSeconds(1));
        (await CatchUpAsync()).ShouldBeTrue("Nothing was written, yet it reads differently from now on.");
        (await SeesAsync("Long gone")).ShouldBeFalse();
        (await ChangedAtAsync()).ShouldBeGreaterThan(before, "Those who ask by time are told.");
    }

    [Fact]
    public async Task A_partners_event_that_comes_or_goes_with_its_agreement_moves_the_time_of_the_last_change()
    {
        var (partner, at, today) = (Guid.CreateVersion7(), mila.Clock.GetUtcNow(), ParisTime.Today(mila.Clock));
        await mila.TellAsync(
            new PartnerRegistered(partner, "passing", "Passing", "network", Reciprocity: true, 1, at),
            new AgreementSigned(Guid.CreateVersion7(), partner, "access", "reciprocal", today.AddDays(2), today.AddDays(3), Events: true, Consultations: false, 0, 48, 1, at));
        await PartnerEventsInTheAgendaTests.PushAsync(mila, (partner, Guid.Empty), "Passes by");
        (await SeesAsync("Passes by")).ShouldBeFalse();
        var before = await ChangedAtAsync();

        mila.Clock.SetUtcNow(ParisTime.StartOf(today.AddDays(2)));
        (await SeesAsync("Passes by")).ShouldBeTrue();
        var came = await ChangedAtAsync();
        came.ShouldBeGreaterThan(before);
        mila.Clock.SetUtcNow(ParisTime.StartOf(today.AddDays(4)));
        (await SeesAsync("Passes by")).ShouldBeFalse();
        var left = await ChangedAtAsync();
        left.ShouldBeGreaterThan(came);

        // What is told of a partner after that is later still.
        await mila.TellAsync(new PartnerChanged(partner, "passing", "Passing by", "network", Reciprocity: true, ["name"], 2, at));
        (await ChangedAtAsync()).ShouldBeGreaterThanOrEqualTo(left);
        mila.Clock.Advance(TimeSpan.FromSeconds(1));
        await mila.TellAsync(new PartnerChanged(partner, "passing", "Passing", "network", Reciprocity: true, ["name"], 3, at));
        (await ChangedAtAsync()).ShouldBeGreaterThan(left);
    }

    [Fact]
    public async Task Seats_that_are_released_move_it_too()
    {
        using var admin = mila.Admin();
        var starts = mila.Clock.GetUtcNow().AddDays(40);
        var (partner, at) = (Guid.CreateVersion7(), mila.Clock.GetUtcNow());
        await mila.TellAsync(
            new PartnerRegistered(partner, "kept", "Kept", "network", Reciprocity: true, 1, at),
            new AgreementSigned(Guid.CreateVersion7(), partner, "access", "given", ParisTime.Today(mila.Clock), null, Events: true, Consultations: false, 2, 24, 1, at));
        var planned = (await admin.TellAsync("/v1/events", new { programme = await Scenario.ProgrammeAsync(admin), title = new { fr = "Kept and released" }, startsAt = starts, endsAt = starts.AddHours(2), audience = "network", capacity = 2 })).Expect(201);
        (await admin.TellAsync($"{planned.Path()}/publication", null)).Expect(200);
        await mila.DrainAsync();
        mila.Clock.SetUtcNow(starts.AddDays(-1).AddSeconds(-1));
        (await FullAsync("Kept and released")).ShouldBeTrue();
        var before = await ChangedAtAsync();

        mila.Clock.Advance(TimeSpan.FromSeconds(1));
        (await FullAsync("Kept and released")).ShouldBeFalse();
        (await ChangedAtAsync()).ShouldBeGreaterThan(before, "Nothing was written yet.");
    }

    private async Task<bool> FullAsync(string title)
    {
        await CatchUpAsync();
        var edition = await Agenda.EditionAsync(TestContext.Current.CancellationToken);
        return edition.IsFull(edition.Events.Single(e => e.Title("fr") == title));
    }

    private async Task<DateTimeOffset> ChangedAtAsync()
    {
        await CatchUpAsync();
        return (await Agenda.EditionAsync(TestContext.Current.CancellationToken)).ChangedAt;
    }

    private PublicAgenda Agenda => mila.Services.GetRequiredService<PublicAgenda>();

    private async Task<bool> CatchUpAsync()
    {
        await using var source = NpgsqlDataSource.Create(mila.ConnectionString);
        await using var connection = await source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        return await Agenda.CatchUpAsync(connection, TestContext.Current.CancellationToken);
    }

    private async Task<bool> SeesAsync(string title)
    {
        await CatchUpAsync();
        return (await Agenda.EditionAsync(TestContext.Current.CancellationToken)).Events.Any(e => e.Title("fr") == title);
    }
}
