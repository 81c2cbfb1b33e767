using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Mila.Partners.Webhooks.Types;

/// <summary>The JSON Schema (draft 2020-12) of each message's body, made from the very records that are written.</summary>
internal static class EventTypeSchemas
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        NumberHandling = JsonNumberHandling.Strict,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    private static readonly JsonSchemaExporterOptions s_export = new() { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Refine };

    /// <summary>The schema of the whole body of this type.</summary>
    internal static JsonObject Of(EventType type) => new()
    {
        ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
        ["$id"] = $"/v1/event-types/{type.Name}",
        ["title"] = type.Name,
        ["description"] = type.Sentences,
        ["type"] = "object",
        ["properties"] = new JsonObject
        {
            ["type"] = new JsonObject { ["const"] = type.Name },
            ["timestamp"] = new JsonObject { ["type"] = "string", ["format"] = "date-time", ["description"] = "When it happened." },
            ["data"] = DataOf(type),
        },
        ["required"] = new JsonArray("type", "timestamp", "data"),
    };

    /// <summary>The schema of the data alone: one form, or either of two.</summary>
    internal static JsonNode DataOf(EventType type) =>
        type.Full is { } full ? new JsonObject { ["anyOf"] = new JsonArray(Form(type.Thin, "By default: ids, and where to read more."), Form(full, "For endpoints whose payload is full.")) } : Form(type.Thin, "Ids, and where to read more.");

    private static JsonNode Form(Type form, string description)
    {
        var schema = s_json.GetJsonSchemaAsNode(form, s_export);
        schema["description"] = description;
        return schema;
    }

    /// <summary>What is null is left out of a body, and ids, instants and long numbers have their formats.</summary>
    private static JsonNode Refine(JsonSchemaExporterContext context, JsonNode node)
    {
        if (node is not JsonObject schema) return node;

        var type = Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type;
        if (schema["type"] is JsonArray types && types.FirstOrDefault(t => t?.GetValue<string>() is not "null") is { } only) schema["type"] = only.GetValue<string>();
        if (context.PropertyInfo?.AttributeProvider?.GetCustomAttributes(typeof(DescriptionAttribute), inherit: false) is [DescriptionAttribute said]) schema["description"] = said.Description;
        if (type == typeof(Guid)) schema["format"] = "uuid";
        if (type == typeof(DateTimeOffset)) schema["format"] = "date-time";
        // Who generates code from it must not take milliseconds for 32 bits.
        if (type == typeof(long)) schema["format"] = "int64";
        if (schema["properties"] is JsonObject properties && context.TypeInfo.Kind == JsonTypeInfoKind.Object)
        {
            var needed = context.TypeInfo.Properties.Where(p => !MayBeNull(p)).Select(p => p.Name).Where(properties.ContainsKey);
            schema["required"] = new JsonArray([.. needed.Select(n => JsonValue.Create(n))]);
        }

        return schema;
    }

    private static bool MayBeNull(JsonPropertyInfo property) => Nullable.GetUnderlyingType(property.PropertyType) is not null || property.IsGetNullable;
}
