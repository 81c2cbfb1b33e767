using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Mila.BuildingBlocks.Import;
using Mila.BuildingBlocks.Results;
using Mila.Signage.Import;
using Mila.Testing.App;

namespace Mila.Signage.Tests.Import;

public sealed class SignageImportTests(SignageMila mila) : IClassFixture<SignageMila>
{
    [Fact]
    public async Task The_sixteen_panels_come_in_once_and_keep_what_people_did_since()
    {
        using var signage = await mila.KeyAsync(null, "signage:write");
        var member = Guid.CreateVersion7();
        await mila.TellAsync(mila.Admitted(member), mila.Started(member, "RUE-16"));

        Count(await ImportAsync()).ShouldBe(new ImportCount(Created: 15, Changed: 0, Unchanged: 1));

        var panels = (await signage.ReadAsync("/v1/panels?limit=250")).GetProperty("items").EnumerateArray().ToArray();
        panels.Select(p => p.Text("spaceCode")).ShouldBe(Enumerable.Range(1, 16).Select(n => $"RUE-{n:00}"));
        panels.Select(p => p.Text("code")).Distinct().Count().ShouldBe(16);
        panels.Take(12).ShouldAllBe(p => p.Text("stage") == "installed" && p.Text("mounting") == "insideWindow" && p.Stale().Length == 0);
        panels.Skip(12).Take(3).ShouldAllBe(p => p.Text("stage") == "approved" && p.Text("mounting") == "outdoor");
        (panels[15].Text("stage"), panels[15].GetProperty("memberId").GetGuid()).ShouldBe(("requested", member));

        var waiting = $"/v1/panels/{panels[12].Id()}";
        await signage.MakeAsync($"{waiting}/authorisation");
        await signage.MakeAsync($"/v1/panels/{panels[0].Id()}/retirement");
        Count(await ImportAsync()).ShouldBe(new ImportCount(Created: 0, Changed: 0, Unchanged: 16));
        Count(await ImportAsync(f => f["signage"]!["colours"] = new JsonArray("red"))).ShouldBe(new ImportCount(Created: 0, Changed: 0, Unchanged: 16));
        (await signage.ReadAsync(waiting)).Text("stage").ShouldBe("authorised");
        (await signage.ReadAsync("/v1/panels?limit=250")).GetProperty("items").GetArrayLength().ShouldBe(16);
    }

    [Fact]
    public async Task Every_fault_is_listed_with_its_pointer()
    {
        Faults(await ImportAsync(f => (f["signage"]!["widthMillimetres"], f["signage"]!["panels"]!["prototype"]) = (500, -1)))
            .ShouldBe(["/signage/widthMillimetres unknown-value", "/signage/panels/prototype out-of-range"]);
        Faults(await ImportAsync(f => f["signage"]!["panels"]!["total"] = 17)).ShouldBe(["/signage/panels/total panels-do-not-add-up"]);
        Faults(await ImportAsync(f => f["signage"]!["glue"] = true)).ShouldBe(["/signage/glue unknown-member"]);
        Faults(await ImportAsync(f => f["signage"]!["panels"]!["total"] = "many")).ShouldBe(["/signage/panels/total wrong-type"]);
    }

    private async Task<Result<ImportReport>> ImportAsync(Action<JsonObject>? edit = null)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Mila.sln"))) folder = folder.Parent;
        var sections = JsonNode.Parse(await File.ReadAllBytesAsync(Path.Combine(folder.FullName, "deploy", "data", "mila-2026.json")))!.AsObject();
        foreach (var other in sections.Select(s => s.Key).Where(k => k != "signage").ToArray()) sections.Remove(other);
        edit?.Invoke(sections);

        await using var scope = mila.Services.CreateAsyncScope();
        var part = scope.ServiceProvider.GetServices<IImportPart>().OfType<SignageImport>().Single();
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
