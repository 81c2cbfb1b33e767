using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Mila.BuildingBlocks.Import;
using Mila.BuildingBlocks.Results;
using Mila.Testing.App;

namespace Mila.Membership.Tests.Import;

public sealed class MembershipImportTests(TestMila mila) : IClassFixture<TestMila>
{
    private const string Ada = "0194f0c0-0000-7000-8000-0000000000a1";
    private const string Bob = "0194f0c0-0000-7000-8000-0000000000b2";

    [Fact]
    public async Task The_demo_members_are_taken_in_whole_and_again_without_effect()
    {
        var file = await File.ReadAllTextAsync(Path.Combine(House(), "deploy/data/demo-members.json"));
        (await CountsAsync(file)).ShouldBe(new ImportCount(40, 0, 0));
        (await mila.PublishedAsync("Membership.MemberAdmitted")).Count.ShouldBe(40);
        await mila.DrainAsync();
        (await CountsAsync(file)).ShouldBe(new ImportCount(0, 0, 40));
        (await mila.SqlAsync("select count(*) from mila.outbox where type like 'Membership.%'")).ShouldBe(0L);

        using var admin = mila.Admin();
        var members = (await admin.AskAsync("/v1/members?limit=250&status=active")).Expect(200)["items"].EnumerateArray().ToArray();
        members.Length.ShouldBeGreaterThanOrEqualTo(40);
        members.Where(m => m.GetProperty("website").GetString() is { } site).ShouldAllBe(m => new Uri(m.GetProperty("website").GetString()!).Host.EndsWith(".example"));
        (await admin.AskAsync("/v1/members?q=eclats de zinc"))["items"][0].GetProperty("slug").GetString().ShouldBe("eclats-de-zinc");
        (await mila.SqlAsync("select count(*) from membership.mt_doc_contact where data -> 'details' ->> 'email' not like '%.example'")).ShouldBe(0L);
    }

    [Fact]
    public async Task The_year_2026_is_understood()
    {
        var year = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(House(), "deploy/data/mila-2026.json")))!.AsObject();
        (await ImportAsync(year.ToJsonString())).Succeeded(out _, out var refusal).ShouldBeTrue(string.Join("; ", refusal?.Fields.Select(f => $"{f.Pointer} {f.Code}") ?? []));
    }

    [Fact]
    public async Task What_the_file_says_anew_is_taken_and_told_and_what_people_added_stays()
    {
        using var admin = mila.Admin();
        (await CountsAsync(Member(Ada, "Avant"))).ShouldBe(new ImportCount(1, 0, 0));
        (await admin.TellAsync($"/v1/members/{Ada}/contacts", new { name = "Cyd", email = "cyd@zinc.example" })).Expect(201);
        await mila.DrainAsync();

        (await CountsAsync(Member(Ada, "Après"))).ShouldBe(new ImportCount(0, 1, 0));
        var read = (await admin.AskAsync($"/v1/members/{Ada}")).Expect(200);
        (read["name"].GetString(), read["slug"].GetString(), read["admittedOn"].GetString()).ShouldBe(("Après", "avant", "2020-05-04"));
        (await mila.PublishedAsync("Membership.MemberChanged")).ShouldHaveSingleItem().GetProperty("fields")[0].GetString().ShouldBe("name");
        (await admin.AskAsync($"/v1/members/{Ada}/contacts"))["items"].EnumerateArray().Select(c => c.GetProperty("name").GetString()).ShouldBe(["Dé", "Cyd"], ignoreOrder: true);
        await mila.DrainAsync();
    }

    [Fact]
    public async Task A_corrected_member_keeps_what_staff_changed_since()
    {
        const string Eve = "0194f0c0-0000-7000-8000-0000000000e5";
        using var admin = mila.Admin();
        var file = JsonNode.Parse(Member(Eve, "Du fichier"))!.AsObject();
        file["members"]![0]!["contacts"]!.AsArray().Add(new JsonObject { ["name"] = "Cyd", ["email"] = "cyd@eve.example" });
        (await CountsAsync(file.ToJsonString())).ShouldBe(new ImportCount(1, 0, 0));
        var path = $"/v1/members/{Eve}";
        (await admin.AmendAsync(path, new { name = "Des gens", website = "https://gens.example/" }, (await admin.AskAsync(path)).Etag)).Expect(200);
        var contacts = (await admin.AskAsync($"{path}/contacts"))["items"].EnumerateArray().ToDictionary(c => c.GetProperty("name").GetString()!, c => $"{path}/contacts/{c.GetProperty("id").GetString()}");
        (await admin.AmendAsync(contacts["Dé"], new { name = "Désirée", role = "présidente" }, (await admin.AskAsync(contacts["Dé"])).Etag)).Expect(200);
        (await admin.CallAsync("DELETE", contacts["Cyd"], null, ("If-Match", (await admin.AskAsync(contacts["Cyd"])).Etag!))).Status.ShouldBe(204);

        file["members"]![0]!["tagline"] = new JsonObject { ["fr"] = "Une ligne" };
        (await CountsAsync(file.ToJsonString())).ShouldBe(new ImportCount(0, 1, 0));

        var now = (await admin.AskAsync(path)).Expect(200);
        (now["name"].GetString(), now["website"].GetString(), now["tagline"].GetProperty("fr").GetString()).ShouldBe(("Des gens", "https://gens.example/", "Une ligne"));
        var contact = (await admin.AskAsync($"{path}/contacts"))["items"].EnumerateArray().ShouldHaveSingleItem();
        (contact.GetProperty("name").GetString(), contact.GetProperty("role").GetString()).ShouldBe(("Désirée", "présidente"));

        // What cannot change any more is not called a change; what the file says anew of a contact is one.
        file["members"]![0]!["admittedOn"] = "2021-05-04";
        (await CountsAsync(file.ToJsonString())).ShouldBe(new ImportCount(0, 0, 1));
        file["members"]![0]!["contacts"]![0]!["role"] = "directrice";
        (await CountsAsync(file.ToJsonString())).ShouldBe(new ImportCount(0, 1, 0));
        (await admin.AskAsync($"{path}/contacts"))["items"][0].GetProperty("role").GetString().ShouldBe("directrice");
        (await mila.SqlAsync($"select count(*) from membership.mt_doc_member where id = '{Eve}' and (data::text like '%zinc.example%' or data::text like '%Dé%')")).ShouldBe(0L, "who the contacts are stays with the contacts");
        await mila.DrainAsync();
    }

    [Fact]
    public async Task Every_fault_is_listed_and_nothing_is_taken_in()
    {
        var before = await mila.SqlAsync("select count(*) from membership.mt_doc_member");
        var faults = await FaultsAsync($$$"""
            {
              "members": [
                {"id": "{{{Bob}}}", "name": "Bonne", "admittedOn": "2020-01-01", "siren": "552100554"},
                {"id": "{{{Bob}}}", "name": "Même id", "admittedOn": "2020-01-01"},
                {"id": "00000000-0000-0000-0000-000000000000", "name": "", "admittedOn": "1020-01-01"},
                {"id": "0194f0c0-0000-7000-8000-0000000000b3", "name": "Même SIREN", "admittedOn": "2020-01-01", "siren": "552100554"},
                {"id": "0194f0c0-0000-7000-8000-0000000000b4", "name": "Demain", "admittedOn": "2099-01-01"},
                {"id": "0194f0c0-0000-7000-8000-0000000000b5", "name": "Contacts", "admittedOn": "2020-01-01", "contacts": [{"name": "x", "email": "nobody"}]},
                {"id": "0194f0c0-0000-7000-8000-0000000000b6", "name": "Deux fois", "admittedOn": "2020-01-01", "contacts": [{"name": "x", "email": "x@x.example"}, {"name": "y", "email": "X@x.example"}]},
                {"name": "Sans id", "admittedOn": "2020-01-01"},
                {"id": "0194f0c0-0000-7000-8000-0000000000b7", "name": "Statut", "admittedOn": "2020-01-01", "status": "left"},
                {"id": "0194f0c0-0000-7000-8000-0000000000b8", "name": "Personne", "admittedOn": "2020-01-01", "contacts": [{"name": "x", "email": "x@y.example"}, null]}
              ],
              "activities": ["label", "magic", "label"],
              "affiliations": [{"code": "shop", "label": {"fr": "x"}}, {"code": "tenant", "label": {"fr": "x"}}],
              "charter": {"adopted": 1900},
              "generalAssembly": {"month": "juillet"},
              "memberServices": [""],
              "organisation": {"name": "MILA"}
            }
            """);

        string[] expected = [
            "/members/1/id repeated", "/members/2/id required", "/members/2/name required", "/members/2/admittedOn out-of-range", "/members/3/siren member-siren-taken",
            "/members/4/admittedOn admission-in-future", "/members/5/contacts/0/email wrong-format", "/members/6/contacts/1/email contact-email-taken", "/members/7/id required",
            "/members/8/status unknown-member", "/members/9/contacts/1 required", "/activities/1 unknown-value", "/activities/2 repeated", "/activities required", "/affiliations/1/code unknown-value", "/affiliations required",
            "/charter/adopted out-of-range", "/generalAssembly/month wrong-format", "/memberServices/0 wrong-length"];
        foreach (var fault in expected) faults.ShouldContain(fault);
        faults.ShouldContain(f => f.StartsWith("/organisation/", StringComparison.Ordinal));
        (await mila.SqlAsync("select count(*) from membership.mt_doc_member")).ShouldBe(before);
    }

    private static string Member(string id, string name) =>
        $$"""
        {"members": [{"id": "{{id}}", "name": "{{name}}", "admittedOn": "2020-05-04", "contacts": [{"name": "Dé", "email": "de@zinc.example", "role": "gérante"}]}]}
        """;

    private async Task<Result<ImportReport>> ImportAsync(string json)
    {
        await using var scope = mila.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<Importer>().ImportAsync(Encoding.UTF8.GetBytes(json), new ImportReport(), default);
    }

    private async Task<ImportCount> CountsAsync(string json)
    {
        (await ImportAsync(json)).Succeeded(out var report, out var refusal).ShouldBeTrue(string.Join("; ", refusal?.Fields.Select(f => $"{f.Pointer} {f.Code}") ?? []));
        return report!.Counts["members"];
    }

    private async Task<string[]> FaultsAsync(string json)
    {
        (await ImportAsync(json)).Succeeded(out _, out var refusal).ShouldBeFalse();
        return [.. refusal!.Fields.Select(f => $"{f.Pointer} {f.Code}")];
    }

    private static string House()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Mila.sln"))) folder = folder.Parent!;
        return folder.FullName;
    }
}
