using Mila.Testing.App;

namespace Mila.Membership.Tests.Members;

public sealed class ChangeMemberTests(TestMila mila) : IClassFixture<TestMila>
{
    [Fact]
    public async Task A_change_of_a_member_is_told_with_what_changed()
    {
        using var admin = mila.Admin();
        var member = await Scenario.ActiveAsync(admin, said: new { name = "Vent Contraire", activities = new[] { "label" } });
        var changed = (await admin.AmendAsync(member.Path(), new { name = "Vent Debout", tagline = new { fr = "De face." }, website = "https://vent.example" }, member.Etag)).Expect(200);

        (changed["name"].GetString(), changed["slug"].GetString()).ShouldBe(("Vent Debout", "vent-contraire"));
        var told = (await mila.ToldAsync("MemberChanged", member)).ShouldHaveSingleItem();
        told.GetProperty("fields").EnumerateArray().Select(f => f.GetString()).ShouldBe(["name", "tagline", "website"]);
        (told.GetProperty("name").GetString(), told.GetProperty("taglineFr").GetString(), told.GetProperty("affiliation").GetString(), told.GetProperty("status").GetString(), told.GetProperty("revision").GetInt32())
            .ShouldBe(("Vent Debout", "De face.", "beneficiary", "active", 3));
    }

    [Fact]
    public async Task Nothing_is_told_of_a_candidate_nor_of_a_change_that_changes_nothing()
    {
        using var admin = mila.Admin();
        var candidate = await Scenario.CandidateAsync(admin, "Pas Encore");
        (await admin.AmendAsync(candidate.Path(), new { name = "Toujours Pas" }, candidate.Etag)).Expect(200);
        (await mila.ToldAsync("MemberChanged", candidate)).ShouldBeEmpty();

        var member = await Scenario.ActiveAsync(admin, "Constante");
        (await admin.AmendAsync(member.Path(), new { name = "Constante" }, member.Etag)).Expect(200).Etag.ShouldBe(member.Etag);
        (await mila.ToldAsync("MemberChanged", member)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_change_is_refused_when_it_cannot_be()
    {
        using var admin = mila.Admin();
        await Scenario.CandidateAsync(admin, said: new { name = "Première", siren = "552100554" });
        var member = await Scenario.ActiveAsync(admin, said: new { name = "Deuxième", siren = "732829320" });

        (await admin.AmendAsync(member.Path(), new { siren = "552100554" }, member.Etag)).ShouldRefuse(409, "member-siren-taken");
        (await admin.AmendAsync(member.Path(), new { siren = "732829320" }, member.Etag)).Expect(200);
        (await admin.AmendAsync(member.Path(), new { name = (string?)null }, member.Etag)).ShouldRefuse(422, "request-invalid", "/name wrong-type");
        (await admin.AmendAsync(member.Path(), new { status = "left" }, member.Etag)).ShouldRefuse(422, "request-invalid", "/status unknown-member");
        (await admin.CallAsync("PATCH", member.Path(), new { name = "x" })).ShouldRefuse(428, "if-match-needed");
        (await admin.CallAsync("PATCH", member.Path(), "[]", ("If-Match", member.Etag))).ShouldRefuse(400, "body-not-an-object");
        var changed = (await admin.AmendAsync(member.Path(), new { siren = (string?)null }, member.Etag)).Expect(200);
        (await admin.AmendAsync(member.Path(), new { name = "x" }, member.Etag)).ShouldRefuse(412, "stale").Etag.ShouldBe(changed.Etag);
        (await admin.AmendAsync("/v1/members/0194f0c0-0000-7000-8000-000000000000", new { name = "x" }, member.Etag)).ShouldRefuse(404, "member-unknown");
        using var reader = await mila.KeyAsync(null, "membership:read");
        (await reader.AmendAsync(member.Path(), new { name = "x" }, changed.Etag)).Status.ShouldBe(403);
    }
}
