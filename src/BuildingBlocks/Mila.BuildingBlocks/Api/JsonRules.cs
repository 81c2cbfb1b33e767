using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Mila.BuildingBlocks.Results;

namespace Mila.BuildingBlocks.Api;

/// <summary>What JSON this API reads and writes (API.md R9).</summary>
public static class JsonRules
{
    /// <summary>Deepest nesting of a body.</summary>
    public const int MaxDepth = 32;

    /// <summary>Largest body, in bytes.</summary>
    public const int MaxBytes = 1024 * 1024;

    /// <summary>The options of every body: strict, camelCase, enums as words.</summary>
    public static JsonSerializerOptions Options { get; } = Configure(new JsonSerializerOptions(JsonSerializerOptions.Strict));

    internal static JsonSerializerOptions Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.PropertyNameCaseInsensitive = false;
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.RespectNullableAnnotations = true;
        options.RespectRequiredConstructorParameters = true;
        options.AllowDuplicateProperties = false;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.MaxDepth = MaxDepth;
        options.Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.Converters.Add(new InstantConverter());
        options.Converters.Add(new WordConverter());
        return options;
    }

    /// <summary>
    /// Whether these bytes are JSON that we read at all: UTF-8, one object, at most <see cref="MaxDepth"/> deep, no NUL and no lone surrogate in any string,
    /// no name twice. What it means is the reader's business; this only answers 400.
    /// </summary>
    internal static MalformedError? Check(ReadOnlySpan<byte> utf8)
    {
        var at = new PointerTrail();
        // One more than is allowed: what is too deep is refused by its own name, below.
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = MaxDepth + 1 });
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is not JsonTokenType.StartObject && reader.CurrentDepth == 0 && at.IsAtStart) return Malformed("body-not-an-object", "The body is not a JSON object.", "Le corps n'est pas un objet JSON.");
                if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray && reader.CurrentDepth == MaxDepth)
                {
                    return Malformed("too-deep", $"JSON is nested at most {MaxDepth} levels deep.", $"Le JSON a au plus {MaxDepth} niveaux.").At(new FieldError(at.Pointer, "too-deep", Languages.Say($"At most {MaxDepth} levels.", $"{MaxDepth} niveaux au plus.")));
                }

                if (reader.TokenType is JsonTokenType.PropertyName or JsonTokenType.String && Text(ref reader) is not { } text)
                {
                    return Malformed("text-not-allowed", "A string holds NUL or a lone surrogate.", "Une chaîne contient NUL ou un demi-codet isolé.").At(new FieldError(at.Pointer, "text-not-allowed", Languages.Say("NUL and lone surrogates are refused.", "NUL et les demi-codets isolés sont refusés.")));
                }
                else if (!at.Follow(ref reader))
                {
                    return Malformed("name-repeated", "An object names a member twice.", "Un objet nomme deux fois un membre.").At(new FieldError(at.Pointer, "name-repeated", Languages.Say("Say this once.", "À dire une seule fois.")));
                }
            }
        }
        catch (JsonException e)
        {
            return Malformed("json-malformed", "The body is not JSON.", "Le corps n'est pas du JSON.").At(new FieldError(at.Pointer, "json-malformed", Languages.Say($"Line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}.", $"Ligne {e.LineNumber + 1}, octet {e.BytePositionInLine + 1}.")));
        }

        return null;
    }

    /// <summary>The text of a string token; null when it may not be stored: NUL, lone surrogates, bytes that are not UTF-8.</summary>
    private static string? Text(ref Utf8JsonReader reader)
    {
        try
        {
            var text = reader.GetString()!;
            if (text.Contains('\0', StringComparison.Ordinal)) return null;
            for (var i = 0; i < text.Length; i++)
            {
                if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])) i++;
                else if (char.IsSurrogate(text[i])) return null;
            }

            return text;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static MalformedError Malformed(string code, string detail, string detailFr) => new(code, detail, detailFr);

    /// <summary>Where a reader stands, as a JSON Pointer (RFC 6901), and which names each open object has used.</summary>
    private sealed class PointerTrail
    {
        private readonly Stack<(HashSet<string>? Names, string? Segment, int Index)> _open = new();

        public bool IsAtStart { get; private set; } = true;

        /// <summary>To what was read last; before the first member or item, to what holds it.</summary>
        public string Pointer => string.Concat(_open.Reverse().Select(o => o is { Names: null, Index: < 0 } or { Names: not null, Segment: null } ? "" : "/" + (o.Names is null ? o.Index.ToString(System.Globalization.CultureInfo.InvariantCulture) : JsonPointer.Escape(o.Segment!))));

        public bool Follow(ref Utf8JsonReader reader)
        {
            IsAtStart = false;
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    var name = reader.GetString()!;
                    var parent = _open.Pop();
                    _open.Push((parent.Names, name, 0));
                    return parent.Names!.Add(name);
                case JsonTokenType.StartObject:
                    Count();
                    _open.Push((new HashSet<string>(StringComparer.Ordinal), null, 0));
                    return true;
                case JsonTokenType.StartArray:
                    Count();
                    _open.Push((null, null, -1));
                    return true;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    _open.Pop();
                    return true;
                default:
                    Count();
                    return true;
            }
        }

        private void Count()
        {
            if (_open.Count == 0 || _open.Peek().Names is not null) return;

            var (_, _, index) = _open.Pop();
            _open.Push((null, null, index + 1));
        }
    }
}
