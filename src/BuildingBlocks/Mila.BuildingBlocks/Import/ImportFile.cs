using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
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
        // The reader takes null for any item of a list, whatever the list is of.
        if (MissingIn(element, pointer).ToArray() is { Length: > 0 } missing)
        {
            foreach (var place in missing) report.Fault(place, "required", Languages.Say("This item is missing.", "Cet élément manque."));
            return null;
        }

        try
        {
            var value = element.Deserialize<T>(JsonRules.Options);
            if (value is not null) return ImportItem<T>.Of(pointer, value, element);

            report.Fault(pointer, "wrong-type", Languages.Say("This is an object.", "C’est un objet."));
        }
        catch (JsonException e)
        {
            foreach (var fault in ProblemPipeline.ShapeFaults(e, pointer)) report.Fault(fault);
        }

        return null;
    }

    /// <summary>Where lists hold null.</summary>
    private static IEnumerable<string> MissingIn(JsonElement element, string pointer) => element.ValueKind switch
    {
        JsonValueKind.Array => element.EnumerateArray().SelectMany((item, i) => item.ValueKind is JsonValueKind.Null ? [$"{pointer}/{i}"] : MissingIn(item, $"{pointer}/{i}")),
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member => MissingIn(member.Value, $"{pointer}/{JsonPointer.Escape(member.Name)}")),
        _ => [],
    };
}

/// <summary>One thing of the file.</summary>
/// <param name="Pointer">Where it stands (RFC 6901).</param>
/// <param name="Value">What it says.</param>
/// <param name="Hash">Changes when what the file says of it changes.</param>
/// <param name="Element">How the file says it.</param>
public sealed record ImportItem<T>(string Pointer, T Value, string Hash, JsonElement Element)
{
    /// <summary>A list within it, as items of their own.</summary>
    /// <param name="member">Its name.</param>
    /// <param name="values">What was read of it.</param>
    public IEnumerable<ImportItem<TPart>> Parts<TPart>(string member, IReadOnlyList<TPart>? values) =>
        (values ?? []).Select((value, i) => ImportItem<TPart>.Of($"{Pointer}/{member}/{i}", value, Element.GetProperty(member)[i]));

    internal static ImportItem<T> Of(string pointer, T value, JsonElement element) =>
        new(pointer, value, Convert.ToHexString(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(element)))[..16], element);

    /// <summary>A fault of the request that was made of this item, at the place of the file that it is about.</summary>
    /// <param name="fault">With its place in the request.</param>
    /// <param name="names">What the request calls otherwise than the file: the pointer there, and the one in the item.</param>
    internal FieldError AtItsPlace(FieldError fault, IEnumerable<(string Ours, string Files)> names)
    {
        var (pointer, place, at) = (fault.Pointer, "", Element);
        if (names.FirstOrDefault(n => pointer == n.Ours || pointer.StartsWith(n.Ours + "/", StringComparison.Ordinal)) is { Ours: { } ours, Files: var files }) pointer = files + pointer[ours.Length..];

        foreach (var step in pointer.Split('/').Skip(1))
        {
            if (at.ValueKind is JsonValueKind.Object && at.TryGetProperty(step, out var member)) at = member;
            else if (at.ValueKind is JsonValueKind.Array && int.TryParse(step, out var index) && index < at.GetArrayLength()) at = at[index];
            // What is missing is named; of what the file says in another way, what holds it.
            else return fault with { Pointer = Pointer + place + (fault.Code == "required" && at.ValueKind is JsonValueKind.Object ? "/" + step : "") };

            place += "/" + step;
        }

        return fault with { Pointer = Pointer + place };
    }
}

/// <summary>On an imported document: which item of which file made it, and what that item said then. An item that says the same again changes nothing, whatever people changed since.</summary>
/// <param name="Key">Which item.</param>
/// <param name="Hash">Of what it said.</param>
/// <param name="Said">What it said, in the words of the module: of an item that says something else later, only the difference counts (<see cref="Correction"/>).</param>
public sealed record ImportMark(string Key, string Hash, JsonObject? Said = null);
