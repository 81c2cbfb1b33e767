using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Mila.BuildingBlocks.Import;
using Mila.BuildingBlocks.Results;
using Mila.Partners.Import;
using Mila.Testing.App;

namespace Mila.Partners.Tests.Import;

/// <summary>The sections of the real file that Partners reads, as they are or altered.</summary>
internal static class YearFile
{
    public static async Task<IReadOnlyDictionary<string, ImportCount>> ImportAsync(TestMila mila)
    {
        (await ReadAsync(mila, _ => { })).Succeeded(out var report, out var refusal).ShouldBeTrue(string.Join(", ", refusal?.Fields.Select(f => f.Pointer + " " + f.Code) ?? []));
        return report!.Counts;
    }

    public static async Task<Result<ImportReport>> ReadAsync(TestMila mila, Action<JsonObject> alter)
    {
        var file = Path.Combine(Root(), "deploy/data/mila-2026.json");
        var sections = JsonNode.Parse(await File.ReadAllBytesAsync(file))!.AsObject();
        foreach (var other in sections.Select(s => s.Key).Except(["partners", "discounts", "funding", "coachingServices", "programmes"]).ToArray()) sections.Remove(other);

        await using var scope = mila.Services.CreateAsyncScope();
        var part = scope.ServiceProvider.GetServices<IImportPart>().OfType<PartnersImport>().Single();
        alter(sections);
        return await scope.ServiceProvider.GetRequiredService<Importer>().ImportAsync(System.Text.Encoding.UTF8.GetBytes(sections.ToJsonString()), new ImportReport(), [part], default);
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Mila.sln"))) folder = folder.Parent;
        return folder.FullName;
    }
}
