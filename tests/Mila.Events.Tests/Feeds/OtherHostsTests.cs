using Microsoft.Extensions.DependencyInjection;
using Mila.Events.Feeds;
using Mila.Events.Tests.Agenda;
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
