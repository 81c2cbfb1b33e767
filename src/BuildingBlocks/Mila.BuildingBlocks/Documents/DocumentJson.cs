using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Mila.BuildingBlocks.Documents;

/// <summary>How documents are written in PostgreSQL.</summary>
public static class DocumentJson
{
    private static readonly JsonSerializerOptions Options = Written();

    /// <summary>A document that a statement of ours brought along beside another.</summary>
    /// <param name="json">Its data.</param>
    public static T? Read<T>(string json)
        where T : class, IDocument => JsonSerializer.Deserialize<T>(json, Options);

    internal static void Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.DictionaryKeyPolicy = null;
        options.IncludeFields = false;
        options.Converters.Add(new SortableInstantConverter());
    }

    private static JsonSerializerOptions Written()
    {
        var options = new JsonSerializerOptions { Converters = { new JsonStringEnumConverter() } };
        Configure(options);
        return options;
    }

    /// <summary>
    /// Instants in UTC and of one width, so that their text sorts as they do: lists page over <c>data ->> 'startsAt'</c> with a plain index
    /// (a cast to <c>timestamptz</c> is not immutable and cannot be indexed).
    /// </summary>
    internal sealed class SortableInstantConverter : JsonConverter<DateTimeOffset>
    {
        public const string Format = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";

        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset();

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture));
    }
}
