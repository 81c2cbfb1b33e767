using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Mila.BuildingBlocks.Import;
using Mila.BuildingBlocks.Results;
using Mila.Testing.App;

namespace Mila.Hosting.Tests.Import;

public sealed class HostingImportTests(TestMila mila) : IClassFixture<TestMila>
{
    [Fact]
    public async Task The_year_the_members_and_their_leases_make_a_living_house()
    {
        (await CountsAsync(await DataAsync("mila-2026")))["spaces"].ShouldBe(new ImportCount(37, 0, 0));
        await CountsAsync(await DataAsync("demo-members"));
        await mila.DrainAsync();
        (await CountsAsync(await DataAsync("demo-leases")))["leases"].ShouldBe(new ImportCount(40, 0, 0));
        await mila.DrainAsync();

        using var admin = mila.Admin();
        (await admin.AskAsync("/v1/spaces?kind=shop"))["items"].GetArrayLength().ShouldBe(16);
        (await admin.AskAsync("/v1/leases?status=running&limit=250"))["items"].GetArrayLength().ShouldBe(35);
        (await admin.AskAsync("/v1/members?affiliation=shop&limit=250"))["items"].GetArrayLength().ShouldBe(16);
        (await admin.AskAsync("/v1/members?affiliation=pole&limit=250"))["items"].GetArrayLength().ShouldBe(19);

        foreach (var file in new[] { "mila-2026", "demo-members", "demo-leases" })
        {
            (await CountsAsync(await DataAsync(file))).Values.ShouldAllBe(c => c.Created == 0 && c.Changed == 0);
        }

        (await mila.SqlAsync("select count(*) from mila.outbox where due_at <= now() and parked_at is null and type like 'Hosting.Lease%' and due_at = '-infinity'")).ShouldBe(0L);
        await A_space_that_the_file_says_anew_keeps_where_people_put_it(admin);
    }

    private async Task A_space_that_the_file_says_anew_keeps_where_people_put_it(HttpClient admin)
    {
        var shop = (await admin.AskAsync("/v1/spaces/RUE-01")).Expect(200);
        (await admin.AmendAsync("/v1/spaces/RUE-01", new { position = new { latitude = 48.89, longitude = 2.35 } }, shop.Etag)).Expect(200);
        (await CountsAsync("""{"spaces":[{"code":"RUE-01","site":"rue-de-la-musique","kind":"shop","landlord":"Paris Habitat","note":"angle"}]}"""))["spaces"].ShouldBe(new ImportCount(0, 1, 0));
        var now = (await admin.AskAsync("/v1/spaces/RUE-01")).Expect(200);
        (now["note"].GetString(), now["position"].GetProperty("latitude").GetDouble()).ShouldBe(("angle", 48.89));

        (await admin.AmendAsync("/v1/spaces/RUE-01", new { note = "angle, à droite", areaSquareMetres = 31.5 }, now.Etag)).Expect(200);
        (await CountsAsync("""{"spaces":[{"code":"RUE-01","site":"rue-de-la-musique","kind":"shop","landlord":"Ville de Paris","note":"angle"}]}"""))["spaces"].ShouldBe(new ImportCount(0, 1, 0));
        now = (await admin.AskAsync("/v1/spaces/RUE-01")).Expect(200);
        (now["landlord"].GetString(), now["note"].GetString(), now["areaSquareMetres"].GetDecimal()).ShouldBe(("Ville de Paris", "angle, à droite", 31.5m));
    }

    [Fact]
    public async Task Every_fault_is_listed_and_nothing_is_taken_in()
    {
        using var admin = mila.Admin();
        var member = await Scenario.MemberAsync(mila, admin);
        var before = await mila.SqlAsync("select (select count(*) from hosting.mt_doc_space) + (select count(*) from hosting.mt_doc_lease)");
        var faults = await FaultsAsync($$"""
            {
              "spaces": [
                {"code": "F-1", "site": "f", "kind": "office"},
                {"code": "F-1", "site": "f", "kind": "office"},
                {"code": "f 2", "site": "f", "kind": "office"},
                {"code": "F-3", "site": "f", "kind": "castle"},
                {"code": "F-4", "site": "f", "kind": "meetingRoom"}
              ],
              "hostingRules": {"maximumTermMonths": 48, "appliesTo": ["office", "shop"]},
              "renovationItems": [""],
              "renovations": [{"structure": "", "completedYear": 1}],
              "leases": [
                {"id": "0194f0c0-0000-7000-8000-0000000000f1", "memberId": "{{member}}", "spaceCode": "F-1", "startsOn": "2026-04-01", "endsOn": "2026-04-30"},
                {"id": "0194f0c0-0000-7000-8000-0000000000f1", "memberId": "{{member}}", "spaceCode": "F-1", "startsOn": "2026-06-01", "endsOn": "2026-06-30"},
                {"id": "0194f0c0-0000-7000-8000-0000000000f2", "memberId": "{{member}}", "spaceCode": "F-1", "startsOn": "2026-04-30", "endsOn": "2026-05-30"},
                {"id": "0194f0c0-0000-7000-8000-0000000000f3", "memberId": "{{member}}", "spaceCode": "F-4", "startsOn": "2026-04-30", "endsOn": "2026-05-30"},
                {"id": "0194f0c0-0000-7000-8000-0000000000f4", "memberId": "{{member}}", "spaceCode": "F-9", "startsOn": "2026-04-30", "endsOn": "2026-05-30"},
                {"id": "0194f0c0-0000-7000-8000-0000000000f5", "memberId": "0194f0c0-0000-7000-8000-000000000000", "spaceCode": "F-1", "startsOn": "2026-07-30", "endsOn": "2026-07-31"},
                {"id": "0194f0c0-0000-7000-8000-0000000000f6", "memberId": "{{member}}", "spaceCode": "F-1", "startsOn": "2026-09-01", "endsOn": "2026-08-01"},
                {"id": "0194f0c0-0000-7000-8000-0000000000f7", "memberId": "{{member}}", "spaceCode": "F-1", "startsOn": "2030-01-01", "endsOn": "2032-12-31"}
              ]
            }
            """);

        faults.ShouldBe([
            "/spaces/1/code repeated", "/spaces/2/code wrong-format", "/spaces/3/kind wrong-type", "/hostingRules/maximumTermMonths unknown-value", "/hostingRules/appliesTo unknown-value",
            "/renovationItems/0 wrong-length", "/renovations/0/structure required", "/renovations/0/completedYear out-of-range", "/leases/1/id repeated", "/leases/2 lease-overlaps",
            "/leases/3 space-not-leased", "/leases/4/spaceCode space-unknown", "/leases/5/memberId member-unknown", "/leases/6 lease-ends-before-start", "/leases/7 lease-term-exceeded"], ignoreOrder: true);
        (await mila.SqlAsync("select (select count(*) from hosting.mt_doc_space) + (select count(*) from hosting.mt_doc_lease)")).ShouldBe(before);
    }

    [Fact]
    public async Task A_lease_that_is_there_is_not_rewritten_by_a_file()
    {
        using var admin = mila.Admin();
        var (member, space) = (await Scenario.MemberAsync(mila, admin), await Scenario.SpaceAsync(admin));
        string File(string endsOn) => $$"""{"leases":[{"id":"0194f0c0-0000-7000-8000-0000000000e1","memberId":"{{member}}","spaceCode":"{{space}}","startsOn":"2026-04-01","endsOn":"{{endsOn}}"}]}""";
        (await CountsAsync(File("2026-04-30")))["leases"].ShouldBe(new ImportCount(1, 0, 0));
        (await CountsAsync(File("2026-04-30")))["leases"].ShouldBe(new ImportCount(0, 0, 1));
        (await FaultsAsync(File("2026-05-31"))).ShouldBe(["/leases/0 lease-exists"]);
    }

    private async Task<Result<ImportReport>> ImportAsync(string json)
    {
        await using var scope = mila.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<Importer>().ImportAsync(Encoding.UTF8.GetBytes(json), new ImportReport(), default);
    }

    private async Task<IReadOnlyDictionary<string, ImportCount>> CountsAsync(string json)
    {
        (await ImportAsync(json)).Succeeded(out var report, out var refusal).ShouldBeTrue(string.Join("; ", refusal?.Fields.Select(f => $"{f.Pointer} {f.Code}") ?? []));
        return report!.Counts;
    }

    private async Task<string[]> FaultsAsync(string json)
    {
        (await ImportAsync(json)).Succeeded(out _, out var refusal).ShouldBeFalse();
        return [.. refusal!.Fields.Select(f => $"{f.Pointer} {f.Code}")];
    }

    private static Task<string> DataAsync(string name)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Mila.sln"))) folder = folder.Parent!;
        return File.ReadAllTextAsync(Path.Combine(folder.FullName, "deploy", "data", name + ".json"));
    }
}
