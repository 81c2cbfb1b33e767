using Mila.BuildingBlocks.Time;
using Mila.Testing.App;

namespace Mila.Membership.Tests.Members;

public sealed class StandingTests(TestMila mila) : IClassFixture<TestMila>
{
    [Fact]
    public async Task An_admission_is_told()
    {
        using var admin = mila.Admin();
        var candidate = await Scenario.CandidateAsync(admin, said: new { name = "Pâquerette", activities = new[] { "label", "liveProducer" } });
        var admitted = (await admin.TellAsync($"{candidate.Path()}/admission", new { on = "2026-03-01" })).Expect(200);

        (admitted["status"].GetString(), admitted["affiliation"].GetString(), admitted["goodStanding"].GetBoolean(), admitted["admittedOn"].GetString()).ShouldBe(("active", "beneficiary", true, "2026-03-01"));
        var told = (await mila.ToldAsync("MemberAdmitted", candidate)).ShouldHaveSingleItem();
        (told.GetProperty("name").GetString(), told.GetProperty("slug").GetString(), told.GetProperty("affiliation").GetString(), told.GetProperty("goodStanding").GetBoolean(), told.GetProperty("revision").GetInt32())
            .ShouldBe(("Pâquerette", "paquerette", "beneficiary", true, 2));
        told.GetProperty("activities").EnumerateArray().Select(a => a.GetString()).ShouldBe(["label", "liveProducer"]);
    }

    [Fact]
    public async Task An_admission_tells_everything_that_others_show_of_a_member_and_nothing_of_its_people()
    {
        using var admin = mila.Admin();
        var candidate = await Scenario.CandidateAsync(admin, said: new
        {
            name = "Chambre Sonore",
            tagline = new { fr = "Du son.", en = "Sound." },
            website = "https://chambre-sonore.example",
            logoUrl = "https://chambre-sonore.example/logo.svg",
            notableArtists = new[] { "Zoé", "Nina" },
        });
        (await admin.TellAsync($"{candidate.Path()}/contacts", new { name = "Odile", email = "odile@chambre-sonore.example" })).Expect(201);
        (await admin.TellAsync($"{candidate.Path()}/admission", null)).Expect(200);

        var told = (await mila.ToldAsync("MemberAdmitted", candidate)).ShouldHaveSingleItem();
        string? Said(string name) => told.GetProperty(name).GetString();
        (Said("taglineFr"), Said("taglineEn"), Said("website"), Said("logoUrl")).ShouldBe(("Du son.", "Sound.", "https://chambre-sonore.example", "https://chambre-sonore.example/logo.svg"));
        told.GetProperty("notableArtists").EnumerateArray().Select(a => a.GetString()).ShouldBe(["Zoé", "Nina"]);
        told.ToString().ShouldNotContain("odile", Case.Insensitive);
    }

    [Fact]
    public async Task Without_a_body_it_is_today()
    {
        using var admin = mila.Admin();
        (await Scenario.ActiveAsync(admin))["admittedOn"].GetString().ShouldBe($"{ParisTime.Today(mila.Clock):O}");
        (await Scenario.GoneAsync(admin))["leftOn"].GetString().ShouldBe($"{ParisTime.Today(mila.Clock):O}");
    }

    [Fact]
    public async Task A_suspension_and_its_end_are_told_without_the_reason()
    {
        using var admin = mila.Admin();
        var member = await Scenario.ActiveAsync(admin);
        var suspended = (await admin.TellAsync($"{member.Path()}/suspension", new { reason = "Injoignable depuis mars." })).Expect(200);
        (suspended["status"].GetString(), suspended["goodStanding"].GetBoolean(), suspended["suspensionReason"].GetString()).ShouldBe(("suspended", false, "Injoignable depuis mars."));
        var told = (await mila.ToldAsync("MemberSuspended", member)).ShouldHaveSingleItem();
        told.GetProperty("revision").GetInt32().ShouldBe(3);
        told.ToString().ShouldNotContain("Injoignable");

        var back = (await admin.TellAsync($"{member.Path()}/reinstatement", null)).Expect(200);
        (back["status"].GetString(), back["goodStanding"].GetBoolean(), back["suspensionReason"].GetString()).ShouldBe(("active", true, null));
        var reinstated = (await mila.ToldAsync("MemberReinstated", member)).ShouldHaveSingleItem();
        (reinstated.GetProperty("goodStanding").GetBoolean(), reinstated.GetProperty("revision").GetInt32()).ShouldBe((true, 4));
    }

    [Fact]
    public async Task A_departure_is_told_and_a_company_may_come_back()
    {
        using var admin = mila.Admin();
        var member = await Scenario.ActiveAsync(admin);
        (await admin.TellAsync($"{member.Path()}/departure", new { on = "2026-03-09" })).Expect(200)["status"].GetString().ShouldBe("left");
        var told = (await mila.ToldAsync("MemberLeft", member)).ShouldHaveSingleItem();
        (told.GetProperty("on").GetString(), told.GetProperty("revision").GetInt32()).ShouldBe(("2026-03-09", 3));

        mila.Clock.Advance(TimeSpan.FromDays(1));
        (await admin.TellAsync($"{member.Path()}/admission", null)).Expect(200)["leftOn"].GetString().ShouldBeNull();
        (await mila.ToldAsync("MemberAdmitted", member)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Each_step_is_refused_out_of_turn()
    {
        using var admin = mila.Admin();
        var (candidate, active, suspended, gone) = (await Scenario.CandidateAsync(admin), await Scenario.ActiveAsync(admin), await Scenario.SuspendedAsync(admin), await Scenario.GoneAsync(admin));
        foreach (var (member, step, code) in new[]
        {
            (active, "admission", "member-already-active"), (suspended, "admission", "member-suspended"),
            (candidate, "suspension", "member-not-admitted"), (suspended, "suspension", "member-suspended"), (gone, "suspension", "member-left"),
            (candidate, "reinstatement", "member-not-admitted"), (active, "reinstatement", "member-already-active"), (gone, "reinstatement", "member-left"),
            (candidate, "departure", "member-not-admitted"), (gone, "departure", "member-left"),
        })
        {
            (await admin.TellAsync($"{member.Path()}/{step}", null)).ShouldRefuse(409, code);
            (await admin.AskAsync(member.Path())).Etag.ShouldBe(member.Etag);
        }

        (await admin.TellAsync($"{candidate.Path()}/admission", new { on = "2027-01-01" })).ShouldRefuse(422, "admission-in-future", "/on admission-in-future");
        (await admin.TellAsync($"{gone.Path()}/admission", new { on = "2026-03-01" })).ShouldRefuse(422, "admission-before-departure", "/on admission-before-departure");
        (await admin.TellAsync($"{active.Path()}/departure", new { on = "2027-01-01" })).ShouldRefuse(422, "departure-in-future", "/on departure-in-future");
        (await admin.TellAsync($"{active.Path()}/departure", new { on = "2026-01-01" })).ShouldRefuse(422, "departure-before-admission", "/on departure-before-admission");
    }

    [Fact]
    public async Task Each_step_is_refused_when_it_cannot_be_read_or_is_not_the_callers_to_take()
    {
        using var admin = mila.Admin();
        var member = await Scenario.CandidateAsync(admin);
        using var nobody = mila.Anonymous();
        using var reader = await mila.KeyAsync(null, "membership:read");
        foreach (var step in new[] { "admission", "suspension", "reinstatement", "departure" })
        {
            (await admin.TellAsync($"/v1/members/0194f0c0-0000-7000-8000-000000000000/{step}", null)).ShouldRefuse(404, "member-unknown");
            (await admin.TellAsync($"{member.Path()}/{step}", "{")).ShouldRefuse(400, "json-malformed");
            (await nobody.TellAsync($"{member.Path()}/{step}", null)).ShouldRefuse(401, "unauthenticated");
            (await reader.TellAsync($"{member.Path()}/{step}", null)).Status.ShouldBe(403);
        }

        (await admin.TellAsync($"{member.Path()}/admission", new { on = "0001-01-01" })).ShouldRefuse(422, "request-invalid", "/on out-of-range");
        (await admin.TellAsync($"{member.Path()}/admission", new { on = "2026-02-30" })).ShouldRefuse(422, "request-invalid", "/on wrong-type");
        (await admin.TellAsync($"{member.Path()}/admission", new { when = "2026-02-03" })).ShouldRefuse(422, "request-invalid", "/when unknown-member");
        (await admin.TellAsync($"{member.Path()}/suspension", new { reason = new string('x', 501) })).ShouldRefuse(422, "request-invalid", "/reason too-long");
    }

    [Fact]
    public async Task It_is_admitted_once_however_many_ask_at_once()
    {
        using var admin = mila.Admin();
        var candidate = await Scenario.CandidateAsync(admin);
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => admin.TellAsync($"{candidate.Path()}/admission", null)));

        answers.Count(a => a.Status == 200).ShouldBe(1);
        answers.Where(a => a.Status != 200).ShouldAllBe(a => a.Status == 409);
        (await mila.ToldAsync("MemberAdmitted", candidate)).ShouldHaveSingleItem();
    }
}
