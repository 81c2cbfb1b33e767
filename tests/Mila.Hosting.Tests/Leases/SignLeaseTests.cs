using Mila.Testing.App;

namespace Mila.Hosting.Tests.Leases;

public sealed class SignLeaseTests(TestMila mila) : IClassFixture<TestMila>
{
    [Fact]
    public async Task A_lease_that_starts_today_runs_at_once_and_is_told()
    {
        using var admin = mila.Admin();
        var (member, space) = (await Scenario.MemberAsync(mila, admin), await Scenario.SpaceAsync(admin));
        var lease = (await admin.TellAsync("/v1/leases", new { memberId = member, spaceCode = space, startsOn = "2026-03-09", endsOn = "2029-03-08", note = "deux clés" })).Expect(201);

        lease.Header("Location").ShouldBe(lease.Path());
        (lease["status"].GetString(), lease["spaceKind"].GetString(), lease["note"].GetString()).ShouldBe(("running", "office", "deux clés"));
        var read = (await admin.AskAsync(lease.Path())).Expect(200);
        (read.Text, read.Etag).ShouldBe((lease.Text, lease.Etag));
        var told = (await mila.ToldAsync("LeaseStarted", lease)).ShouldHaveSingleItem();
        (told.GetProperty("memberId").GetString(), told.GetProperty("spaceCode").GetString(), told.GetProperty("spaceKind").GetString(), told.GetProperty("startsOn").GetString(), told.GetProperty("endsOn").GetString())
            .ShouldBe((member, space, "office", "2026-03-09", "2029-03-08"));
    }

    [Fact]
    public async Task A_lease_for_later_is_planned_and_told_to_nobody_yet()
    {
        using var admin = mila.Admin();
        var lease = await Scenario.LeaseAsync(mila, admin, "2026-03-10", "2026-12-31");

        lease["status"].GetString().ShouldBe("planned");
        (await mila.ToldAsync("LeaseStarted", lease)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_lease_that_is_over_is_put_on_record()
    {
        using var admin = mila.Admin();
        var lease = await Scenario.LeaseAsync(mila, admin, "2024-01-01", "2024-12-31");

        lease["status"].GetString().ShouldBe("ended");
        (await mila.ToldAsync("LeaseStarted", lease)).ShouldHaveSingleItem();
        (await mila.ToldAsync("LeaseEnded", lease)).ShouldHaveSingleItem().GetProperty("endedOn").GetString().ShouldBe("2024-12-31");
    }

    [Fact]
    public async Task The_last_day_is_included_when_another_lease_follows()
    {
        using var admin = mila.Admin();
        var space = await Scenario.SpaceAsync(admin);
        var (first, second) = (await Scenario.MemberAsync(mila, admin), await Scenario.MemberAsync(mila, admin));
        (await Scenario.SignAsync(admin, first, space, "2026-04-01", "2026-06-30")).Expect(201);

        (await Scenario.SignAsync(admin, second, space, "2026-06-30", "2026-07-31")).ShouldRefuse(409, "lease-overlaps");
        (await Scenario.SignAsync(admin, second, space, "2026-03-01", "2026-04-01")).ShouldRefuse(409, "lease-overlaps");
        (await Scenario.SignAsync(admin, second, space, "2026-05-01", "2026-05-02")).ShouldRefuse(409, "lease-overlaps");
        (await Scenario.SignAsync(admin, first, space, "2026-05-01", "2026-05-02")).ShouldRefuse(409, "lease-overlaps");
        (await Scenario.SignAsync(admin, second, space, "2026-07-01", "2026-07-31")).Expect(201);
        (await Scenario.SignAsync(admin, second, space, "2026-03-09", "2026-03-31")).Expect(201);
    }

    [Fact]
    public async Task Thirty_six_months_are_counted_over_leases_and_spaces_and_shops_are_exempt()
    {
        using var admin = mila.Admin();
        var member = await Scenario.MemberAsync(mila, admin);
        var (office, desk, studio, shop) = (await Scenario.SpaceAsync(admin), await Scenario.SpaceAsync(admin, "desk"), await Scenario.SpaceAsync(admin, "studio"), await Scenario.SpaceAsync(admin, "shop"));

        (await Scenario.SignAsync(admin, member, office, "2026-04-01", "2029-04-01")).ShouldRefuse(409, "lease-term-exceeded");
        (await Scenario.SignAsync(admin, member, office, "2024-04-01", "2025-03-31")).Expect(201);
        (await Scenario.SignAsync(admin, member, desk, "2025-04-01", "2026-03-31")).Expect(201);
        (await Scenario.SignAsync(admin, member, studio, "2026-04-01", "2027-04-01")).ShouldRefuse(409, "lease-term-exceeded");
        (await Scenario.SignAsync(admin, member, studio, "2026-04-01", "2027-03-31")).Expect(201);
        (await Scenario.SignAsync(admin, member, office, "2028-01-01", "2028-01-01")).ShouldRefuse(409, "lease-term-exceeded");
        (await Scenario.SignAsync(admin, member, shop, "2026-04-01", "2036-03-31")).Expect(201);
    }

    [Fact]
    public async Task Only_an_active_member_gets_a_lease_and_a_meeting_room_is_never_leased()
    {
        using var admin = mila.Admin();
        var (member, office, room) = (await Scenario.MemberAsync(mila, admin), await Scenario.SpaceAsync(admin), await Scenario.SpaceAsync(admin, "meetingRoom"));
        (await Scenario.SignAsync(admin, member, room, "2026-04-01", "2026-04-30")).ShouldRefuse(409, "space-not-leased");
        (await Scenario.SignAsync(admin, member, "NONE", "2026-04-01", "2026-04-30")).ShouldRefuse(422, "space-unknown", "/spaceCode space-unknown");
        (await Scenario.SignAsync(admin, "0194f0c0-0000-7000-8000-000000000000", office, "2026-04-01", "2026-04-30")).ShouldRefuse(422, "member-unknown", "/memberId member-unknown");
        var candidate = (await admin.TellAsync("/v1/members", new { name = "Candidate" })).Expect(201)["id"].GetString()!;
        await mila.DrainAsync();
        (await Scenario.SignAsync(admin, candidate, office, "2026-04-01", "2026-04-30")).ShouldRefuse(422, "member-unknown");

        foreach (var (step, status) in new[] { ("suspension", 409), ("reinstatement", 201), ("departure", 409) })
        {
            (await admin.TellAsync($"/v1/members/{member}/{step}", null)).Expect(200);
            await mila.DrainAsync();
            var answer = await Scenario.SignAsync(admin, member, office, "2026-05-01", "2026-05-31");
            answer.Expect(status);
            if (status == 409) answer.ShouldRefuse(409, "member-not-active");
            else (await admin.TellAsync($"{answer.Path()}/termination", null)).Expect(200);
        }
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"memberId":"zinc","spaceCode":"T-1","startsOn":"2026-04-01","endsOn":"2026-04-30"}""", "/memberId wrong-type")]
    [InlineData("""{"memberId":"00000000-0000-0000-0000-000000000000","spaceCode":"t 1","startsOn":"2026-04-01","endsOn":"2026-04-30"}""", "/memberId required", "/spaceCode wrong-format")]
    [InlineData("""{"memberId":"0194f0c0-0000-7000-8000-000000000000","spaceCode":"T-1","startsOn":"2026-02-30","endsOn":"2026-04-30"}""", "/startsOn wrong-type")]
    [InlineData("""{"memberId":"0194f0c0-0000-7000-8000-000000000000","spaceCode":"T-1","startsOn":"0026-02-20","endsOn":"9999-12-31"}""", "/startsOn out-of-range", "/endsOn out-of-range")]
    [InlineData("""{"memberId":"0194f0c0-0000-7000-8000-000000000000","spaceCode":"T-1","startsOn":"2026-04-01","endsOn":"2026-04-30","status":"running"}""", "/status unknown-member")]
    public async Task A_lease_that_cannot_be_read_is_refused(string body, params string[] faults)
    {
        using var admin = mila.Admin();
        (await admin.TellAsync("/v1/leases", body)).ShouldRefuse(422, "request-invalid", faults);
    }

    [Fact]
    public async Task A_lease_ends_no_earlier_than_it_starts_and_may_last_a_day()
    {
        using var admin = mila.Admin();
        var (member, space) = (await Scenario.MemberAsync(mila, admin), await Scenario.SpaceAsync(admin));
        (await Scenario.SignAsync(admin, member, space, "2026-04-02", "2026-04-01")).ShouldRefuse(422, "lease-ends-before-start", "/endsOn lease-ends-before-start");
        (await Scenario.SignAsync(admin, member, space, "2026-04-01", "2026-04-01")).Expect(201);
    }

    [Fact]
    public async Task Leases_are_listed_by_member_space_and_status()
    {
        using var admin = mila.Admin();
        var (member, space) = (await Scenario.MemberAsync(mila, admin), await Scenario.SpaceAsync(admin));
        foreach (var (from, until) in new[] { ("2026-05-01", "2026-05-31"), ("2025-01-01", "2025-01-31"), ("2026-03-01", "2026-03-31") }) (await Scenario.SignAsync(admin, member, space, from, until)).Expect(201);

        (await Starts($"?memberId={member}")).ShouldBe(["2025-01-01", "2026-03-01", "2026-05-01"]);
        (await Starts($"?spaceCode={space}&sort=-endsOn")).ShouldBe(["2026-05-01", "2026-03-01", "2025-01-01"]);
        (await Starts($"?spaceCode={space}&status=planned,running")).ShouldBe(["2026-03-01", "2026-05-01"]);
        (await Starts($"?memberId={Guid.Empty}")).ShouldBeEmpty();
        (await admin.AskAsync("/v1/leases?memberId=zinc")).ShouldRefuse(400, "list-query-malformed", "?memberId malformed");
        (await admin.AskAsync("/v1/leases?status=Ended")).ShouldRefuse(400, "list-query-malformed", "?status unknown-value");

        async Task<string[]> Starts(string query) => [.. (await admin.AskAsync("/v1/leases" + query)).Expect(200)["items"].EnumerateArray().Select(i => i.GetProperty("startsOn").GetString()!)];
    }

    [Fact]
    public async Task They_need_a_key_that_reads_or_writes_hosting()
    {
        using var admin = mila.Admin();
        var lease = await Scenario.LeaseAsync(mila, admin, "2026-04-01", "2026-04-30");
        using var nobody = mila.Anonymous();
        using var reader = await mila.KeyAsync(null, "hosting:read");
        (await nobody.AskAsync(lease.Path())).ShouldRefuse(401, "unauthenticated");
        (await reader.AskAsync(lease.Path())).Expect(200);
        foreach (var path in new[] { "/v1/leases", $"{lease.Path()}/renewal", $"{lease.Path()}/termination" })
        {
            (await nobody.TellAsync(path, new { endsOn = "2026-05-31" })).ShouldRefuse(401, "unauthenticated");
            (await reader.TellAsync(path, new { endsOn = "2026-05-31" })).Status.ShouldBe(403);
            (await admin.TellAsync(path, "{")).ShouldRefuse(400, "json-malformed");
        }

        (await reader.AmendAsync(lease.Path(), new { note = "x" }, lease.Etag)).Status.ShouldBe(403);
        (await admin.AskAsync("/v1/leases/0194f0c0-0000-7000-8000-000000000000")).ShouldRefuse(404, "lease-unknown");
    }
}
