using System.Text.Json;
using System.Text.Json.Nodes;
using Mila.BuildingBlocks.Api;

namespace Mila.BuildingBlocks.Import;

/// <summary>
/// A file says something else of a thing than it did: what differs between the two is taken over, member by member, and everything else stays as people have made it since.
/// Of a list, what the file leaves out now goes, and what it says anew comes.
/// </summary>
public static class Correction
{
    /// <summary>What a file said, to be kept in the <see cref="ImportMark"/>.</summary>
    public static JsonObject Said<T>(T request) => (JsonObject)JsonSerializer.SerializeToNode(request, JsonRules.Options)!;

    /// <summary>What stands after the correction.</summary>
    /// <param name="before">What the file said when it was imported last; null when that is not known, and then all that it says now counts, and lists only grow.</param>
    /// <param name="said">What it says now.</param>
    /// <param name="now">What stands before it.</param>
    public static T Of<T>(JsonNode? before, T said, T now) => Merge(before, Said(said), Said(now)).Deserialize<T>(JsonRules.Options)!;

    /// <summary>Whether two requests say the same.</summary>
    public static bool Differs<T>(T one, T other) => !JsonNode.DeepEquals(Said(one), Said(other));

    private static JsonNode? Merge(JsonNode? before, JsonNode? said, JsonNode? now)
    {
        if (JsonNode.DeepEquals(before, said)) return now?.DeepClone();

        return (said, now) switch
        {
            (JsonObject saidThing, JsonObject thing) => new JsonObject(thing.Select(m => KeyValuePair.Create(m.Key, Merge((before as JsonObject)?[m.Key], saidThing[m.Key], m.Value)))),
            (JsonArray saidItems, JsonArray items) when !JsonNode.DeepEquals(before, now) => new JsonArray(
            [
                .. items.Where(i => !Has(before, i) || Has(saidItems, i)).Select(i => i?.DeepClone()),
                .. saidItems.Where(i => !Has(before, i) && !Has(items, i)).Select(i => i?.DeepClone()),
            ]),
            _ => said?.DeepClone(),
        };
    }

    private static bool Has(JsonNode? items, JsonNode? item) => items is JsonArray list && list.Any(other => JsonNode.DeepEquals(other, item));
}
