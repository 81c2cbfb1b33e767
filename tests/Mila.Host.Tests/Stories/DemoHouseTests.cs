using System.Text.Json;
using Mila.Host.Tests.Running;
using Mila.Testing.App;
using Mila.Testing.Outbox;

namespace Mila.Host.Tests.Stories;

/// <summary>What a newcomer finds after <c>run.sh --demo</c>: a living house.</summary>
public sealed class DemoHouseTests
{
    [Fact]
    public async Task Forty_companies_live_in_offices_at_desks_and_in_sixteen_shops_and_importing_again_changes_nothing()
    {
        using var folder = new TemporaryFolder();
        await using var host = await HostProcess.ServeDemo(folder.Path).ReadyAsync();
        using var admin = host.Client(folder.AdminKey);
        await TrialDatabase.UntilAsync(async () => await WaitingAsync(folder) == 0);

        var members = await ItemsAsync(admin, "/v1/members?limit=250");
        members.Length.ShouldBe(40);
        members.ShouldAllBe(m => Text(m, "status") == "active" && m.GetProperty("goodStanding").GetBoolean());
        var leases = (await ItemsAsync(admin, "/v1/leases?limit=250")).ToLookup(l => Text(l, "memberId"));
        // The house is told as of the day of the test: leases of the file end by and by.
        foreach (var member in members)
        {
            var running = leases[Text(member, "id")].Where(l => Text(l, "status") == "running").Select(l => Text(l, "spaceKind")).ToArray();
            Text(member, "affiliation").ShouldBe(running.Length == 0 ? "beneficiary" : running.Contains("shop") ? "shop" : "pole", Text(member, "name"));
        }

        leases.SelectMany(l => l).Where(l => Text(l, "spaceKind") == "shop").Select(l => Text(l, "spaceCode")).Distinct().Count().ShouldBe(16);
        leases.SelectMany(l => l).Select(l => Text(l, "spaceKind")).Distinct().ShouldBe(["office", "studio", "desk", "shop"], ignoreOrder: true);
        var spaces = (await ItemsAsync(admin, "/v1/spaces?limit=250")).Select(s => Text(s, "code")).ToHashSet();
        leases.SelectMany(l => l).ShouldAllBe(l => spaces.Contains(Text(l, "spaceCode")));

        var panels = await ItemsAsync(admin, "/v1/panels?limit=250");
        panels.Length.ShouldBe(16);
        panels.Count(p => Text(p, "stage") == "installed").ShouldBe(12);
        foreach (var panel in panels)
        {
            // The tenants had their shops when the panels were put up.
            var ended = leases[Text(panel, "memberId")].All(l => Text(l, "status") == "ended");
            panel.GetProperty("stale").EnumerateArray().Select(r => r.GetString()).ShouldBe(ended ? ["lease-ended"] : []);
            var member = members.Single(m => Text(m, "id") == Text(panel, "memberId"));
            Text(panel, "companyName").ShouldBe(Text(member, "name"));
            (await WhereAsync(host, Text(panel, "code"))).ShouldBe(Text(member, "website") + "/");
        }

        foreach (var name in new[] { "mila-2026", "demo-members", "demo-leases" })
        {
            await using var import = HostProcess.Run("import", Path.Combine(AppContext.BaseDirectory, "data", name + ".json"), "--data", folder.Path);
            (await import.EndAsync()).ShouldBe(0, import.Error);
            import.Output.ShouldContain(" 0 created, 0 changed, ");
            import.Output.ShouldNotMatch("[1-9][0-9]* (created|changed)");
        }

        (await admin.AskAsync("/v1/dead-letters")).Expect(200)["items"].GetArrayLength().ShouldBe(0);
        (await ItemsAsync(admin, "/v1/panels?limit=250")).Select(p => p.GetRawText()).ShouldBe(panels.Select(p => p.GetRawText()));
    }

    private static async Task<long> WaitingAsync(TemporaryFolder folder)
    {
        await using var database = folder.Database();
        await using var command = database.CreateCommand("select count(*) from mila.outbox where parked_at is null and due_at <= now()");
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static async Task<string?> WhereAsync(HostProcess host, string code)
    {
        using var passer = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        using var answer = await passer.GetAsync(new Uri($"http://127.0.0.1:{host.Port}/q/{code}"));
        return answer.Headers.Location?.AbsoluteUri;
    }

    private static async Task<JsonElement[]> ItemsAsync(HttpClient client, string path) => [.. (await client.AskAsync(path)).Expect(200)["items"].EnumerateArray()];

    private static string Text(JsonElement thing, string name) => thing.GetProperty(name).GetString()!;
}
