using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Mila.BuildingBlocks.Time;

namespace Mila.BuildingBlocks.Api;

/// <summary>
/// Instants in bodies: written in UTC to the microsecond that PostgreSQL keeps; read as RFC 3339, or as a time on the wall in Paris (no offset),
/// which is refused where it does not exist and needs its offset where it happens twice.
/// </summary>
internal sealed partial class InstantConverter : JsonConverter<DateTimeOffset>
{
    /// <summary>Under this key, the <see cref="Exception.Data"/> of a fault carries a code of its own.</summary>
    public const string CodeKey = "code";

    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType is JsonTokenType.String && reader.GetString() is { Length: <= 40 } text)
        {
            if (Rfc3339().IsMatch(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var instant)) return instant;
            if (Local().IsMatch(text) && DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)) return InParis(local);
        }

        throw new JsonException("An instant is written as in RFC 3339, 2026-03-02T19:00:00+01:00, or without an offset for the time in Paris.") { Data = { [CodeKey] = "wrong-type" } };
    }

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture));

    private static DateTimeOffset InParis(DateTime local) =>
        ParisTime.Instant(DateOnly.FromDateTime(local), TimeOnly.FromDateTime(local)).Succeeded(out var instant, out var refusal)
            ? instant
            : throw new JsonException(refusal.Detail) { Data = { [CodeKey] = refusal.Code } };

    [GeneratedRegex(@"^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex Rfc3339();

    [GeneratedRegex(@"^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(:\d\d)?\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex Local();
}
