using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Mila.BuildingBlocks.Import;
using Mila.BuildingBlocks.Results;
using Mila.Coaching.Import;
using Mila.Testing.App;

namespace Mila.Coaching.Tests.Import;

public sealed class CoachingImportTests(TestMila mila) : IAsyncLifetime, IClassFixture<TestMila>
{
    private HttpClient _coach = null!;

    public async ValueTask InitializeAsync() => _coach = await mila.KeyAsync(null, "coaching:write");

    public ValueTask DisposeAsync()
    {
        _coach.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task The_services_of_2026_come_in_once_and_keep_what_people_changed_since()
    {
        Count(await ImportAsync()).ShouldBe(new ImportCount(Created: 4, Changed: 0, Unchanged: 0));
        var audit = await _coach.ReadAsync("/v1/coaching/services/communication-audit");
        (audit.GetProperty("label").Text("fr"), audit.GetProperty("minutesMin").GetInt32(), audit.GetProperty("minutesMax").GetInt32(), audit.Text("status")).ShouldBe(("Audit de Communication", 90, 120, "open"));
        (await _coach.ReadAsync("/v1/coaching/services/milia-diagnostic")).Text("status").ShouldBe("proposed");
        (await _coach.ReadAsync("/v1/coaching/services/expert-consultation")).GetProperty("experts").GetArrayLength().ShouldBe(3);

        (await _coach.PatchAsync("/v1/coaching/services/communication-audit", new { label = new { en = "Communication audit" }, yearlyTarget = 31 })).EnsureSuccessStatusCode();
        Count(await ImportAsync()).ShouldBe(new ImportCount(Created: 0, Changed: 0, Unchanged: 4));
        (await _coach.ReadAsync("/v1/coaching/services/communication-audit")).GetProperty("yearlyTarget").GetInt32().ShouldBe(31);

        Count(await ImportAsync(f => f["coachingServices"]![2]!["yearlyTarget"] = 40)).ShouldBe(new ImportCount(Created: 0, Changed: 1, Unchanged: 3));
        audit = await _coach.ReadAsync("/v1/coaching/services/communication-audit");
        (audit.GetProperty("yearlyTarget").GetInt32(), audit.GetProperty("label").Text("en")).ShouldBe((40, "Communication audit"));

        (await _coach.PatchAsync("/v1/coaching/services/communication-audit", new { yearlyTarget = 41, status = "closed" })).EnsureSuccessStatusCode();
        Count(await ImportAsync(f => (f["coachingServices"]![2]!["yearlyTarget"], f["coachingServices"]![2]!["note"]) = (40, "dite par le fichier"))).ShouldBe(new ImportCount(Created: 0, Changed: 1, Unchanged: 3));
        audit = await _coach.ReadAsync("/v1/coaching/services/communication-audit");
        (audit.GetProperty("yearlyTarget").GetInt32(), audit.Text("status"), audit.Text("note")).ShouldBe((41, "closed", "dite par le fichier"));
    }

    [Fact]
    public async Task Every_fault_is_listed_with_its_pointer() =>
        Faults(await ImportAsync(f =>
        {
            f["coachingServices"]![0]!["minutes"] = 1;
            f["coachingServices"]![1]!["slotMinutesMax"] = 200;
            f["coachingServices"]![2]!["code"] = "structuring-diagnostic";
            f["coachingServices"]![3]!["colour"] = "red";
        })).ShouldBe(
            ["/coachingServices/0/minutes out-of-range", "/coachingServices/1/slotMinutesMax service-slot-too-long", "/coachingServices/2/code service-repeated", "/coachingServices/3/colour unknown-member"],
            ignoreOrder: true);

    private async Task<Result<ImportReport>> ImportAsync(Action<JsonObject>? edit = null)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Mila.sln"))) folder = folder.Parent;
        var sections = JsonNode.Parse(await File.ReadAllBytesAsync(Path.Combine(folder.FullName, "deploy", "data", "mila-2026.json")))!.AsObject();
        foreach (var other in sections.Select(s => s.Key).Where(k => k != "coachingServices").ToArray()) sections.Remove(other);
        edit?.Invoke(sections);

        await using var scope = mila.Services.CreateAsyncScope();
        var part = scope.ServiceProvider.GetServices<IImportPart>().OfType<CoachingImport>().Single();
        return await scope.ServiceProvider.GetRequiredService<Importer>().ImportAsync(Encoding.UTF8.GetBytes(sections.ToJsonString()), new ImportReport(), [part], CancellationToken.None);
    }

    private static ImportCount Count(Result<ImportReport> outcome)
    {
        outcome.Succeeded(out var report, out var refusal).ShouldBeTrue(string.Join(", ", refusal?.Fields.Select(f => f.Pointer + " " + f.Code) ?? []));
        return report!.Counts.Single().Value;
    }

    private static string[] Faults(Result<ImportReport> outcome)
    {
        outcome.Succeeded(out _, out var refusal).ShouldBeFalse();
        return [.. refusal!.Fields.Select(f => $"{f.Pointer} {f.Code}")];
    }
}
