using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Mila.BuildingBlocks.Import;
using Mila.BuildingBlocks.Results;
using Mila.Testing.App;

namespace Mila.Host.Tests.Import;

/// <summary>Whatever is wrong with a file, each fault points at something that the file has.</summary>
public sealed class FaultPlacesTests(TestMila mila) : IClassFixture<TestMila>
{
    /// <summary>Set to 1, every absurd value is put everywhere.</summary>
    private const string Switch = "MILA_LONG_SWEEPS";

    private static readonly string[] Some = ["-1", "[{\"name\":1}]"];
    private static readonly string[] All = [.. Some, "\"\"", "null", "{}", "[null]", "1.234567", "99999999999", "\"\\u200b\"", "[{\"name\":\"x\",\"nobody\":1}]"];

    [Fact]
    public async Task Every_fault_of_a_file_points_at_what_the_file_has()
    {
        var year = await YearAsync();
        var (files, faults, failures) = (0, 0, new List<string>());
        var absurd = Environment.GetEnvironmentVariable(Switch) == "1" ? All : Some;
        foreach (var leaf in Leaves(year, "").DistinctBy(Kind).ToArray())
        {
            foreach (var value in absurd.Append($"\"{new string('x', 20_000)}\""))
            {
                var altered = (JsonObject)year.DeepClone();
                Put(altered, leaf, JsonNode.Parse(value));
                var found = await FaultsAsync(altered);
                files++;
                faults += found.Count;
                failures.AddRange(found.Where(f => !IsOf(altered, f)).Select(f => $"{leaf} = {Start(value)}: {f.Pointer} {f.Code} is not in the file"));
                if (value.Length > 1000 && found.Count > 0 && !found.Any(f => f.Pointer.StartsWith(leaf, StringComparison.Ordinal) || leaf.StartsWith(f.Pointer + "/", StringComparison.Ordinal)))
                    failures.Add($"{leaf} = {Start(value)}: {string.Join(", ", found.Select(f => f.Pointer))} is somewhere else");
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{files} files, {faults} faults");
        faults.ShouldBeGreaterThan(300);
        failures.ShouldBeEmpty(string.Join('\n', failures.Take(60)));
    }

    [Theory]
    [InlineData("""{"programmes":[{"code":"a","label":"A","workshopMinutes":1}]}""", "/programmes/0/workshopMinutes out-of-range")]
    [InlineData("""{"programmes":[{"code":"a","label":"A","fields":[""]}]}""", "/programmes/0/fields/0 required")]
    [InlineData("""{"programmes":[{"code":"a","label":"A","rhythm":"999 per year"}]}""", "/programmes/0/rhythm out-of-range")]
    [InlineData("""{"programmes":[{"code":"a","label":"A"}],"events":[{"programme":"a","title":"","month":"2026-05"}]}""", "/events/0/title required")]
    [InlineData("""{"programmes":[{"code":"a","label":"A"}],"events":[{"programme":"a","title":"T","month":"2026-05","coHost":""}]}""", "/events/0/coHost required")]
    [InlineData("""{"coachingServices":[{"code":"a","label":"","kind":"individual","minutes":60}]}""", "/coachingServices/0/label required")]
    [InlineData("""{"funding":{"budgetYear":2026,"budgetEuros":-1,"selfFinancedShare":2,"ownResourcesShare":0.5}}""", "/funding/budgetEuros out-of-range", "/funding/selfFinancedShare out-of-range")]
    [InlineData("""{"partners":[{"code":"f","name":"F","kind":"funder"}],"funding":{"budgetYear":2026,"budgetEuros":1,"selfFinancedShare":0.5,"ownResourcesShare":0.5,"grants":[{"funder":"f","year":2026,"amountEuros":-1}]}}""", "/funding/grants/0/amountEuros out-of-range")]
    public async Task A_fault_is_told_by_the_name_that_the_file_uses(string file, params string[] told) =>
        (await FaultsAsync(JsonNode.Parse(file)!.AsObject())).Select(f => $"{f.Pointer} {f.Code}").ShouldBe(told);

    private async Task<IReadOnlyList<FieldError>> FaultsAsync(JsonObject file)
    {
        await using var scope = mila.Services.CreateAsyncScope();
        // A file without a fault is imported by nobody here: a section that no part knows makes it faulty.
        var text = file.DeepClone().AsObject();
        text["nobody knows this"] = 1;
        var outcome = await scope.ServiceProvider.GetRequiredService<Importer>().ImportAsync(Encoding.UTF8.GetBytes(text.ToJsonString()), new ImportReport(), default);
        outcome.Succeeded(out _, out var refusal).ShouldBeFalse();
        return [.. refusal!.Fields.Where(f => f.Pointer != "/nobody knows this")];
    }

    private static async Task<JsonObject> YearAsync()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "data");
        var year = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "mila-2026.json")))!.AsObject();
        year["members"] = new JsonArray(JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "demo-members.json")))!["members"]!.AsArray().Take(3).Select(m => m!.DeepClone()).ToArray());
        return year;
    }

    /// <summary>The pointer resolves; that of something missing leads to what it is missing in.</summary>
    private static bool IsOf(JsonObject file, FieldError fault)
    {
        var steps = fault.Pointer.Split('/')[1..];
        if (fault.Code == "required" && steps.Length > 1 && At(file, steps.AsSpan(..^1)) is JsonObject) return true;
        return Reaches(file, steps);
    }

    private static bool Reaches(JsonNode? node, ReadOnlySpan<string> steps)
    {
        if (steps.IsEmpty) return true;

        return node switch
        {
            JsonObject thing when thing.ContainsKey(steps[0]) => Reaches(thing[steps[0]], steps[1..]),
            JsonArray list when int.TryParse(steps[0], NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < list.Count => Reaches(list[index], steps[1..]),
            _ => false,
        };
    }

    private static JsonNode? At(JsonNode? node, ReadOnlySpan<string> steps) => steps.IsEmpty || !Reaches(node, steps[..1])
        ? steps.IsEmpty ? node : null
        : At(node is JsonArray list ? list[int.Parse(steps[0], CultureInfo.InvariantCulture)] : node![steps[0]], steps[1..]);

    private static void Put(JsonObject file, string pointer, JsonNode? value)
    {
        var steps = pointer.Split('/')[1..];
        var parent = At(file, steps.AsSpan(..^1));
        if (parent is JsonArray list) list[int.Parse(steps[^1], CultureInfo.InvariantCulture)] = value;
        else parent![steps[^1]] = value;
    }

    private static IEnumerable<string> Leaves(JsonNode? node, string pointer) => node switch
    {
        JsonObject thing => thing.SelectMany(m => Leaves(m.Value, $"{pointer}/{m.Key}")),
        JsonArray list => list.SelectMany((item, i) => Leaves(item, $"{pointer}/{i}")).Append(pointer),
        _ => [pointer],
    };

    /// <summary>The same member of other items is the same.</summary>
    private static string Kind(string pointer) => string.Join('/', pointer.Split('/').Select(step => int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out _) ? "*" : step));

    private static string Start(string text) => text.Length > 40 ? text[..40] : text;
}
