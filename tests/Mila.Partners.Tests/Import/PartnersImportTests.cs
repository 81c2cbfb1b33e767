using Microsoft.Extensions.DependencyInjection;
using Mila.BuildingBlocks.Import;
using Mila.Partners.Import;
using Mila.Testing.App;

namespace Mila.Partners.Tests.Import;

public sealed class PartnersImportTests(TestMila mila) : IClassFixture<TestMila>
{
    [Fact]
    public async Task The_year_2026_comes_in_once()
    {
        var first = await ImportAsync();
        var again = await ImportAsync();

        first.Select(c => (c.Key, c.Value.Created)).ShouldBe([("agreements", 1), ("discounts", 14), ("grants", 4), ("partners", 16)]);
        again.Values.ShouldAllBe(c => c.Created == 0 && c.Changed == 0);
        using var admin = mila.Admin();
        (await admin.ReadAsync("/v1/partners?kind=funder")).GetProperty("items").GetArrayLength().ShouldBe(3);
        (await admin.ReadAsync("/v1/grants?status=awarded")).GetProperty("items").GetArrayLength().ShouldBe(2);
        (await admin.ReadAsync("/v1/grants?status=requested")).GetProperty("items").EnumerateArray().Sum(g => decimal.Parse(g.GetProperty("amount").Text("amount"), System.Globalization.CultureInfo.InvariantCulture)).ShouldBe(35_000m);
    }

    private async Task<IReadOnlyDictionary<string, ImportCount>> ImportAsync()
    {
        var file = Path.Combine(Root(), "deploy/data/mila-2026.json");
        var sections = System.Text.Json.Nodes.JsonNode.Parse(await File.ReadAllBytesAsync(file))!.AsObject();
        foreach (var other in sections.Select(s => s.Key).Except(["partners", "discounts", "funding"]).ToArray()) sections.Remove(other);

        await using var scope = mila.Services.CreateAsyncScope();
        var part = scope.ServiceProvider.GetServices<IImportPart>().OfType<PartnersImport>().Single();
        var result = await scope.ServiceProvider.GetRequiredService<Importer>().ImportAsync(System.Text.Encoding.UTF8.GetBytes(sections.ToJsonString()), new ImportReport(), [part], default);
        result.Succeeded(out var report, out var refusal).ShouldBeTrue(string.Join(", ", refusal?.Fields.Select(f => f.Pointer + " " + f.Code) ?? []));
        return report!.Counts;
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Mila.sln"))) folder = folder.Parent;
        return folder.FullName;
    }
}
