using Mila.Membership.Tests.Members;
using Mila.Testing.App;

namespace Mila.Membership.Tests.Contacts;

public sealed class ContactsTests(TestMila mila) : IClassFixture<TestMila>
{
    [Fact]
    public async Task Contacts_are_added_read_listed_changed_and_removed()
    {
        using var admin = mila.Admin();
        var path = $"{(await Scenario.ActiveAsync(admin)).Path()}/contacts";
        var ada = (await admin.TellAsync(path, new { name = "Ada Lièvre", email = "ada@zinc.example", phone = "+33 1 99 00 00 01", role = "gérante" })).Expect(201);
        ada["isMain"].GetBoolean().ShouldBeTrue();
        var read = (await admin.AskAsync(ada.Header("Location")!)).Expect(200);
        (read.Text, read.Etag).ShouldBe((ada.Text, ada.Etag));

        var bob = (await admin.TellAsync(path, new { name = "Bob", email = "bob@zinc.example" })).Expect(201);
        var main = (await admin.AmendAsync($"{path}/{bob["id"].GetString()}", new { isMain = true, role = "booker" }, bob.Etag)).Expect(200);
        (await MainsAsync(admin, path)).ShouldBe(["Bob"]);

        (await admin.CallAsync("DELETE", $"{path}/{bob["id"].GetString()}", null, ("If-Match", bob.Etag))).ShouldRefuse(412, "stale");
        (await admin.CallAsync("DELETE", $"{path}/{bob["id"].GetString()}", null)).ShouldRefuse(428, "if-match-needed");
        (await admin.CallAsync("DELETE", $"{path}/{bob["id"].GetString()}", null, ("If-Match", main.Etag))).Expect(204);
        (await admin.AskAsync($"{path}/{bob["id"].GetString()}")).ShouldRefuse(404, "contact-unknown");
        (await MainsAsync(admin, path)).ShouldBe(["Ada Lièvre"]);
    }

    [Fact]
    public async Task No_notification_and_no_member_shows_a_contact()
    {
        using var admin = mila.Admin();
        var member = await Scenario.ActiveAsync(admin);
        var contact = (await admin.TellAsync($"{member.Path()}/contacts", new { name = "Secrète Personne", email = "secrete@zinc.example" })).Expect(201);
        (await admin.AmendAsync($"{member.Path()}/contacts/{contact["id"].GetString()}", new { phone = "0199000002" }, contact.Etag)).Expect(200);

        (await mila.SqlAsync("select count(*) from mila.outbox where body::text ilike '%secr_te%'")).ShouldBe(0L);
        (await admin.AskAsync(member.Path())).Text.ShouldNotContain("secrete");
        (await admin.AskAsync("/v1/members")).Text.ShouldNotContain("secrete");
    }

    [Fact]
    public async Task A_contact_that_cannot_be_is_refused()
    {
        using var admin = mila.Admin();
        var path = $"{(await Scenario.ActiveAsync(admin)).Path()}/contacts";
        var other = $"{(await Scenario.ActiveAsync(admin)).Path()}/contacts";
        var ada = (await admin.TellAsync(path, new { name = "Ada", email = "ada@zinc.example" })).Expect(201);
        var one = $"{path}/{ada["id"].GetString()}";

        (await admin.TellAsync(path, new { name = "Ada", email = "ADA@zinc.example" })).ShouldRefuse(409, "contact-email-taken");
        (await admin.TellAsync(other, new { name = "Ada", email = "ada@zinc.example" })).Expect(201);
        (await admin.AmendAsync(one, new { isMain = false }, ada.Etag)).ShouldRefuse(409, "contact-main-needed");
        (await admin.TellAsync(path, new { name = "", email = "nobody", phone = "call me" })).ShouldRefuse(422, "request-invalid", "/name required", "/email wrong-format", "/phone wrong-format");
        (await admin.TellAsync(path, "{\"name\":")).ShouldRefuse(400, "json-malformed");
        (await admin.AmendAsync(one, new { email = (string?)null }, ada.Etag)).ShouldRefuse(422, "request-invalid", "/email wrong-type");
        (await admin.AskAsync($"{other}/{ada["id"].GetString()}")).ShouldRefuse(404, "contact-unknown");
        (await admin.AmendAsync($"{other}/{ada["id"].GetString()}", new { name = "x" }, ada.Etag)).ShouldRefuse(404, "contact-unknown");
        foreach (var method in new[] { "GET", "POST" }) (await admin.CallAsync(method, "/v1/members/0194f0c0-0000-7000-8000-000000000000/contacts", method == "POST" ? new { name = "x", email = "x@x.example" } : null)).ShouldRefuse(404, "member-unknown");

        using var nobody = mila.Anonymous();
        (await nobody.AskAsync(path)).ShouldRefuse(401, "unauthenticated");
        using var outsider = await mila.KeyAsync(null, "events:write", "hosting:write");
        (await outsider.AskAsync(path)).Status.ShouldBe(403);
        using var reader = await mila.KeyAsync(null, "membership:read");
        (await reader.AskAsync(path)).Expect(200);
        (await reader.TellAsync(path, new { name = "x", email = "x@x.example" })).Status.ShouldBe(403);
        (await reader.CallAsync("DELETE", one, null, ("If-Match", ada.Etag))).Status.ShouldBe(403);
    }

    [Fact]
    public async Task There_is_one_main_contact_however_many_claim_it_at_once()
    {
        using var admin = mila.Admin();
        (await ClaimAsync(admin)).ShouldBe(1);
    }

    [Fact]
    public async Task Control_without_the_lock_several_would_be_main()
    {
        using var admin = mila.Admin();
        using var control = new WithoutRowLocks();
        var path = $"{(await Scenario.ActiveAsync(admin)).Path()}/contacts";
        await mila.MeetAsync("membership.mt_doc_contact", writers: 2, () => Enumerable.Range(0, 2).Select(i => admin.TellAsync(path, new { name = $"C {i}", email = $"c{i}@zinc.example", isMain = true })));
        (await MainsAsync(admin, path)).Length.ShouldBe(2);
    }

    private static async Task<int> ClaimAsync(HttpClient admin)
    {
        var path = $"{(await Scenario.ActiveAsync(admin)).Path()}/contacts";
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => admin.TellAsync(path, new { name = $"C {i}", email = $"c{i}@zinc.example", isMain = true })));
        return (await MainsAsync(admin, path)).Length;
    }

    private static async Task<string[]> MainsAsync(HttpClient admin, string path) =>
        [.. (await admin.AskAsync($"{path}?isMain=true")).Expect(200)["items"].EnumerateArray().Select(c => c.GetProperty("name").GetString()!)];
}
