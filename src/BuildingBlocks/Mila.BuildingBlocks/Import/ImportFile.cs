using System.Security.Cryptography;
using System.Text.Json;
using Mila.BuildingBlocks.Api;
using Mila.BuildingBlocks.Results;

namespace Mila.BuildingBlocks.Import;

/// <summary>A file to import: one JSON object in the shape of <c>deploy/data/mila-2026.json</c>, whose top-level members are sections.</summary>
public sealed class ImportFile
{
    private readonly JsonElement _root;

    private ImportFile(JsonElement root) => _root = root;

    /// <summary>The sections that the file has.</summary>
    public IReadOnlyList<string> Sections => [.. _root.EnumerateObject().Select(p => p.Name)];

    /// <summary>How many items its lists have, for a progress bar.</summary>
    public int ItemCount => _root.EnumerateObject().Sum(section => section.Value.ValueKind is JsonValueKind.Array ? section.Value.GetArrayLength() : 0);

    /// <summary>The file, or why it is none.</summary>
    public static Result<ImportFile> Parse(ReadOnlyMemory<byte> utf8)
    {
        if (JsonRules.Check(utf8.Span) is { } malformed) return malformed;

        using var document = JsonDocument.Parse(utf8);
        return new ImportFile(document.RootElement.Clone());
    }

    /// <summary>The items of a list section, read strictly; each fault goes to the report, and a faulty item is left out.</summary>
    public IEnumerable<ImportItem<T>> Items<T>(string section, ImportReport report)
    {
        if (!_root.TryGetProperty(section, out var list)) yield break;
        if (list.ValueKind != JsonValueKind.Array)
        {
            report.Fault($"/{section}", "wrong-type", Languages.Say("This is a list.", "C’est une liste."));
            yield break;
        }

        var index = -1;
        foreach (var element in list.EnumerateArray())
        {
            index++;
            if (Read<T>(element, $"/{section}/{index}", report) is { } item) yield return item;
        }
    }

    /// <summary>A section that is one object; null when absent or faulty.</summary>
    public ImportItem<T>? Item<T>(string section, ImportReport report) => _root.TryGetProperty(section, out var element) ? Read<T>(element, $"/{section}", report) : null;

    private static ImportItem<T>? Read<T>(JsonElement element, string pointer, ImportReport report)
    {
        try
        {
            var value = element.Deserialize<T>(JsonRules.Options);
            if (value is not null) return new ImportItem<T>(pointer, value, Convert.ToHexString(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(element)))[..16]);

            report.Fault(pointer, "wrong-type", Languages.Say("This is an object.", "C’est un objet."));
        }
        catch (JsonException e)
        {
            foreach (var fault in ProblemPipeline.ShapeFaults(e, pointer)) report.Fault(fault);
        }

        return null;
    }
}

/// <summary>One thing of the file.</summary>
/// <param name="Pointer">Where it stands (RFC 6901).</param>
/// <param name="Value">What it says.</param>
/// <param name="Hash">Changes when what the file says of it changes.</param>
public sealed record ImportItem<T>(string Pointer, T Value, string Hash);

/// <summary>On an imported document: which item of which file made it, and what that item said then. An item that says the same again changes nothing, whatever people changed since.</summary>
public sealed record ImportMark(string Key, string Hash);
