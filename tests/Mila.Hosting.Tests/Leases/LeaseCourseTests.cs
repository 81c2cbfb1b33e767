using Mila.Testing.App;

namespace Mila.Hosting.Tests.Leases;

/// <summary>Each test has a clock of its own, because each lets months pass.</summary>
public sealed class LeaseCourseTests(Mila.Testing.Postgres.TestPostgres postgres) : IAsyncLifetime
{
    private readonly TestMila _mila = new(postgres);

    public ValueTask InitializeAsync() => _mila.InitializeAsync();

    public ValueTask DisposeAsync() => _mila.DisposeAsync();

    [Fact]
    public async Task A_lease_starts_and_ends_at_midnight_in_Paris()
    {
        using var admin = _mila.Admin();
        var lease = await Scenario.LeaseAsync(_mila, admin, "2026-04-01", "2026-10-25");

        await _mila.AtAsync("2026-03-31T21:59:59Z");
        (await Scenario.StatusAsync(admin, lease)).ShouldBe("planned");
        await _mila.AtAsync("2026-03-31T22:00:00Z");
        (await Scenario.StatusAsync(admin, lease)).ShouldBe("running");

        // The clocks go back on 25 October: the day after begins at 23:00 UTC.
        await _mila.AtAsync("2026-10-25T22:59:59Z");
        (await Scenario.StatusAsync(admin, lease)).ShouldBe("running");
        await _mila.AtAsync("2026-10-25T23:00:00Z");
        (await Scenario.StatusAsync(admin, lease)).ShouldBe("ended");
        (await admin.AskAsync(lease.Path()))["endsOn"].GetString().ShouldBe("2026-10-25");
    }

    [Fact]
    public async Task A_host_that_slept_over_a_whole_lease_starts_and_ends_it_when_it_wakes()
    {
        using var admin = _mila.Admin();
        var lease = await Scenario.LeaseAsync(_mila, admin, "2026-04-01", "2026-04-30");

        await _mila.AtAsync("2026-09-01T08:00:00Z");
        (await Scenario.StatusAsync(admin, lease)).ShouldBe("ended");
        (await _mila.SqlAsync("select count(*) from mila.outbox where parked_at is not null or attempts > 0")).ShouldBe(0L);
    }

    [Fact]
    public async Task A_renewed_lease_goes_on_past_its_first_end_and_is_told()
    {
        using var admin = _mila.Admin();
        var lease = await Scenario.LeaseAsync(_mila, admin, "2026-03-01", "2026-03-31");
        var renewed = (await admin.TellAsync($"{lease.Path()}/renewal", new { endsOn = "2026-05-31" })).Expect(200);
        (renewed["status"].GetString(), renewed["endsOn"].GetString(), renewed.Etag != lease.Etag).ShouldBe(("running", "2026-05-31", true));
        var told = (await _mila.ToldAsync("LeaseRenewed", lease)).ShouldHaveSingleItem();
        (told.GetProperty("startsOn").GetString(), told.GetProperty("endsOn").GetString()).ShouldBe(("2026-03-01", "2026-05-31"));

        await _mila.AtAsync("2026-05-31T21:59:59Z");
        (await Scenario.StatusAsync(admin, lease)).ShouldBe("running");
        await _mila.AtAsync("2026-05-31T22:00:00Z");
        (await Scenario.StatusAsync(admin, lease)).ShouldBe("ended");
    }

    [Fact]
    public async Task A_lease_that_was_ended_today_is_told_and_its_old_timer_does_nothing()
    {
        using var admin = _mila.Admin();
        var lease = await Scenario.LeaseAsync(_mila, admin, "2026-03-01", "2026-03-31");
        var ended = (await admin.TellAsync($"{lease.Path()}/termination", null)).Expect(200);
        (ended["status"].GetString(), ended["endsOn"].GetString(), ended["terminatedOn"].GetString()).ShouldBe(("ended", "2026-03-09", "2026-03-09"));
        (await _mila.ToldAsync("LeaseEnded", lease)).ShouldHaveSingleItem().GetProperty("endedOn").GetString().ShouldBe("2026-03-09");

        await _mila.AtAsync("2026-04-01T08:00:00Z");
        (await admin.AskAsync(lease.Path())).Etag.ShouldBe(ended.Etag);
        (await _mila.ToldAsync("LeaseEnded", lease)).ShouldBeEmpty("it was told once, and that has been heard");
        (await admin.TellAsync($"{lease.Path()}/termination", null)).ShouldRefuse(409, "lease-ended");
        (await admin.TellAsync($"{lease.Path()}/renewal", new { endsOn = "2026-12-31" })).ShouldRefuse(409, "lease-ended");
    }

    [Fact]
    public async Task A_lease_that_is_to_end_earlier_runs_until_then()
    {
        using var admin = _mila.Admin();
        var lease = await Scenario.LeaseAsync(_mila, admin, "2026-03-01", "2026-12-31");
        var notice = (await admin.TellAsync($"{lease.Path()}/termination", new { endsOn = "2026-03-31" })).Expect(200);
        (notice["status"].GetString(), notice["endsOn"].GetString()).ShouldBe(("running", "2026-03-31"));
        (await _mila.ToldAsync("LeaseEnded", lease)).ShouldBeEmpty();

        await _mila.AtAsync("2026-04-01T08:00:00Z");
        (await Scenario.StatusAsync(admin, lease)).ShouldBe("ended");
    }

    [Fact]
    public async Task A_lease_that_was_called_off_never_starts_and_frees_its_days()
    {
        using var admin = _mila.Admin();
        var lease = await Scenario.LeaseAsync(_mila, admin, "2026-04-01", "2026-12-31");
        (await admin.TellAsync($"{lease.Path()}/termination", null)).Expect(200)["status"].GetString().ShouldBe("ended");
        (await _mila.ToldAsync("LeaseEnded", lease)).ShouldBeEmpty("it had not started for anybody");
        var other = await Scenario.MemberAsync(_mila, admin);
        (await Scenario.SignAsync(admin, other, lease["spaceCode"].GetString()!, "2026-04-01", "2026-12-31")).Expect(201);

        await _mila.AtAsync("2026-04-01T08:00:00Z");
        (await Scenario.StatusAsync(admin, lease)).ShouldBe("ended");
    }

    [Fact]
    public async Task A_renewal_or_a_termination_that_cannot_be_is_refused()
    {
        using var admin = _mila.Admin();
        var lease = await Scenario.LeaseAsync(_mila, admin, "2026-03-01", "2026-03-31");
        var planned = await Scenario.LeaseAsync(_mila, admin, "2026-04-01", "2026-04-30");
        var next = await Scenario.MemberAsync(_mila, admin);
        (await Scenario.SignAsync(admin, next, lease["spaceCode"].GetString()!, "2026-05-01", "2026-05-31")).Expect(201);

        (await admin.TellAsync($"{lease.Path()}/renewal", new { endsOn = "2026-03-31" })).ShouldRefuse(422, "lease-renewal-not-later", "/endsOn lease-renewal-not-later");
        (await admin.TellAsync($"{lease.Path()}/renewal", new { endsOn = "2026-05-01" })).ShouldRefuse(409, "lease-overlaps");
        (await admin.TellAsync($"{planned.Path()}/renewal", new { endsOn = "2026-06-30" })).ShouldRefuse(409, "lease-not-started");
        (await admin.TellAsync($"{lease.Path()}/renewal", new { endsOn = "someday" })).ShouldRefuse(422, "request-invalid", "/endsOn wrong-type");
        (await admin.TellAsync($"{lease.Path()}/renewal", new { })).ShouldRefuse(422, "request-invalid", "/endsOn required");
        (await admin.TellAsync($"{lease.Path()}/termination", new { endsOn = "2026-04-01" })).ShouldRefuse(422, "lease-termination-not-earlier", "/endsOn lease-termination-not-earlier");
        (await admin.TellAsync($"{lease.Path()}/termination", new { endsOn = "2026-02-28" })).ShouldRefuse(422, "lease-termination-before-start", "/endsOn lease-termination-before-start");
        foreach (var step in new[] { "renewal", "termination" }) (await admin.TellAsync($"/v1/leases/0194f0c0-0000-7000-8000-000000000000/{step}", new { endsOn = "2026-06-30" })).ShouldRefuse(404, "lease-unknown");

        (await admin.TellAsync($"/v1/members/{lease["memberId"].GetString()}/suspension", null)).Expect(200);
        await _mila.DrainAsync();
        (await admin.TellAsync($"{lease.Path()}/renewal", new { endsOn = "2026-04-30" })).ShouldRefuse(409, "member-not-active");
        (await admin.TellAsync($"/v1/members/{lease["memberId"].GetString()}/reinstatement", null)).Expect(200);
        await _mila.DrainAsync();
        (await admin.TellAsync($"{lease.Path()}/renewal", new { endsOn = "2026-04-30" })).Expect(200);

        var long36 = await Scenario.LeaseAsync(_mila, admin, "2026-03-01", "2028-03-01");
        (await admin.TellAsync($"{long36.Path()}/renewal", new { endsOn = "2029-03-01" })).ShouldRefuse(409, "lease-term-exceeded");
        (await admin.TellAsync($"{long36.Path()}/renewal", new { endsOn = "2029-02-28" })).Expect(200);
    }

    [Fact]
    public async Task Only_the_note_is_patched_and_the_timers_stay()
    {
        using var admin = _mila.Admin();
        var lease = await Scenario.LeaseAsync(_mila, admin, "2026-04-01", "2026-04-30");
        var noted = (await admin.AmendAsync(lease.Path(), new { note = "clés à l'accueil" }, lease.Etag)).Expect(200);
        noted["note"].GetString().ShouldBe("clés à l'accueil");
        (await admin.AmendAsync(lease.Path(), new { note = "clés à l'accueil" }, noted.Etag)).Expect(200).Etag.ShouldBe(noted.Etag);

        (await admin.AmendAsync(lease.Path(), new { endsOn = "2026-05-31" }, noted.Etag)).ShouldRefuse(422, "lease-term-by-action", "/endsOn lease-term-by-action");
        (await admin.AmendAsync(lease.Path(), new { colour = "red" }, noted.Etag)).ShouldRefuse(422, "request-invalid", "/colour unknown-member");
        (await admin.AmendAsync(lease.Path(), new { note = new string('x', 1001) }, noted.Etag)).ShouldRefuse(422, "request-invalid", "/note too-long");
        (await admin.AmendAsync(lease.Path(), new { note = "x" }, lease.Etag)).ShouldRefuse(412, "stale");
        (await admin.CallAsync("PATCH", lease.Path(), new { note = "x" })).ShouldRefuse(428, "if-match-needed");
        (await admin.AmendAsync("/v1/leases/0194f0c0-0000-7000-8000-000000000000", new { note = "x" }, lease.Etag)).ShouldRefuse(404, "lease-unknown");

        await _mila.AtAsync("2026-04-01T08:00:00Z");
        (await Scenario.StatusAsync(admin, lease)).ShouldBe("running");
    }
}
