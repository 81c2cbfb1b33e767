using System.Text.Json;
using Mila.Coaching.Contracts;
using Mila.Hosting.Contracts;
using Mila.Testing.App;

namespace Mila.Partners.Tests.Evidence;

public sealed class EvidenceTests(TestMila mila) : IClassFixture<TestMila>
{
    [Fact]
    public async Task An_event_that_was_held_and_whose_list_was_closed_is_in_the_ledger_with_who_came_by_company_and_a_late_check_in_corrects_it()
    {
        using var admin = mila.Admin();
        var member = await mila.MemberAsync();
        await admin.MakeAsync("/v1/programmes", new { code = "club-mila", label = "Club MILA" });
        var now = mila.Clock.GetUtcNow();
        var @event = await admin.MakeAsync("/v1/events", new { programme = "club-mila", title = new { fr = "Club" }, startsAt = now.AddHours(1).ToString("O"), endsAt = now.AddHours(2.5).ToString("O"), audience = "public" });
        var path = $"/v1/events/{@event.Id()}";
        (await admin.TellAsync($"{path}/publication", null)).Expect(200);
        var came = await RegisterAsync("nina@label.example", new { memberId = (Guid?)member, organisation = (string?)null });
        var other = await RegisterAsync("zoe@other.example", new { memberId = (Guid?)null, organisation = (string?)"Autre" });
        var late = await RegisterAsync("late@late.example", new { memberId = (Guid?)null, organisation = (string?)"Tard" });
        foreach (var registration in new[] { came, other }) (await admin.TellAsync($"/v1/registrations/{registration}/check-in", null)).Expect(200);

        mila.Clock.Advance(TimeSpan.FromHours(3));
        (await admin.TellAsync($"{path}/holding", null)).Expect(200);
        await mila.DrainAsync();
        var held = await OneAsync("kind=event&programme=club-mila");
        (held.Id(), held.GetProperty("minutes").GetInt32(), held.GetProperty("attended").ValueKind).ShouldBe((@event.Id(), 90, JsonValueKind.Null));

        (await admin.TellAsync($"{path}/attendance", null)).Expect(200);
        await mila.DrainAsync();
        var counted = await OneAsync($"memberId={member}");
        (counted.GetProperty("attended").GetInt32(), counted.GetProperty("noShow").GetInt32(), counted.GetProperty("organisations").GetInt32()).ShouldBe((2, 1, 2));
        counted.GetProperty("memberIds").EnumerateArray().Select(m => m.GetGuid()).ShouldBe([member]);

        (await admin.TellAsync($"/v1/registrations/{late}/check-in", null)).Expect(200);
        await mila.DrainAsync();
        var corrected = await OneAsync("kind=event");
        (corrected.GetProperty("attended").GetInt32(), corrected.GetProperty("noShow").GetInt32(), corrected.GetProperty("organisations").GetInt32()).ShouldBe((3, 0, 3));
        corrected.GetRawText().ShouldNotContain("@");

        async Task<Guid> RegisterAsync(string email, object more)
        {
            var body = JsonSerializer.SerializeToNode(more)!.AsObject();
            (body["name"], body["email"]) = ("Nina", email);
            return (await admin.TellAsync($"{path}/registrations", body.ToJsonString())).Expect(201)["id"].GetGuid();
        }
    }

    [Fact]
    public async Task A_lease_is_in_the_ledger_and_follows_its_renewal_and_its_end()
    {
        using var admin = mila.Admin();
        var (lease, member, at) = (Guid.CreateVersion7(), Guid.CreateVersion7(), mila.Clock.GetUtcNow());
        var started = new LeaseStarted(member, lease, "PEP-01", "office", new DateOnly(2026, 1, 1), new DateOnly(2026, 12, 31), at);
        await mila.TellAsync(started);
        (await OneAsync("kind=lease")).Text("endsOn").ShouldBe("2026-12-31");
        await mila.TellAsync(new LeaseRenewed(member, lease, "PEP-01", "office", new DateOnly(2026, 1, 1), new DateOnly(2027, 12, 31), at.AddMinutes(1)));
        await mila.TellAsync(started);
        (await OneAsync("kind=lease&spaceKind=office")).Text("endsOn").ShouldBe("2027-12-31");
        await mila.TellAsync(new LeaseEnded(member, lease, "PEP-01", "office", new DateOnly(2026, 6, 30), at.AddMinutes(2)));
        var ended = await OneAsync("kind=lease&from=2026-06-30&to=2026-07-01");
        (ended.Text("startsOn"), ended.Text("endsOn"), ended.GetProperty("withdrawn").GetBoolean()).ShouldBe(("2026-01-01", "2026-06-30", false));
        (await admin.ReadAsync("/v1/evidence?kind=lease&from=2026-07-01")).GetProperty("items").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task An_appointment_and_works_that_were_completed_are_in_the_ledger_and_a_correction_replaces_them()
    {
        var (appointment, works, member, at) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7(), mila.Clock.GetUtcNow());
        var told = new AppointmentCompleted(appointment, member, "structuring-diagnostic", new DateTimeOffset(2026, 3, 9, 23, 30, 0, TimeSpan.Zero), 120, 1, at);
        await mila.TellAsync(told);
        await mila.TellAsync(told with { Minutes = 90, Revision = 2 });
        await mila.TellAsync(told);
        var hours = await OneAsync($"memberId={member}&kind=appointment");
        (hours.Text("service"), hours.Text("startsOn"), hours.GetProperty("minutes").GetInt32(), hours.GetProperty("attended").GetInt32()).ShouldBe(("structuring-diagnostic", "2026-03-10", 90, 1));

        await mila.TellAsync(new WorksCompleted(works, "RUE-01", "shop", MemberId: null, new DateOnly(2026, 4, 2), 1, at));
        var finished = await OneAsync("kind=works");
        (finished.Text("spaceKind"), finished.Text("endsOn"), finished.GetProperty("memberIds").GetArrayLength()).ShouldBe(("shop", "2026-04-02", 0));
    }

    [Fact]
    public async Task The_ledger_is_for_staff()
    {
        using var admin = mila.Admin();
        var funder = (await admin.MakeAsync("/v1/partners", new { code = "funder", name = "F", kind = "funder" })).Id();
        using var key = await mila.KeyAsync(funder, "partners:read");
        using var events = await mila.KeyAsync(null, "events:read");
        using var nobody = mila.Anonymous();
        (await key.AskAsync("/v1/evidence")).ShouldRefuse(403, "partner-staff-only");
        (await events.AskAsync("/v1/evidence")).ShouldRefuse(403, "scope-missing");
        (await nobody.AskAsync("/v1/evidence")).ShouldRefuse(401, "unauthenticated");
        (await admin.AskAsync("/v1/evidence?kind=party")).Status.ShouldBe(400);
    }

    private async Task<JsonElement> OneAsync(string query)
    {
        using var admin = mila.Admin();
        return (await admin.ReadAsync($"/v1/evidence?{query}")).GetProperty("items").EnumerateArray().Single();
    }
}
