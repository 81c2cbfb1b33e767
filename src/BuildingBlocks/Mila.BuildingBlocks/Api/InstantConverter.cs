using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Mila.BuildingBlocks.Time;

namespace Mila.BuildingBlocks.Api;

/// <summary>Instants in bodies: written in UTC to the microsecond that PostgreSQL keeps; read as <see cref="InstantText"/> says.</summary>
internal sealed class InstantConverter : JsonConverter<DateTimeOffset>
{
    /// <summary>Under this key, the <see cref="Exception.Data"/> of a fault carries a code of its own.</summary>
    public const string CodeKey = "code";

    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType is not JsonTokenType.String || InstantText.Read(reader.GetString()!) is not { } read) throw new JsonException(InstantText.Rule) { Data = { [CodeKey] = "wrong-type" } };

        return read.Succeeded(out var instant, out var refusal) ? instant : throw new JsonException(refusal.Sentence) { Data = { [CodeKey] = refusal.Code } };
    }

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture));
}
