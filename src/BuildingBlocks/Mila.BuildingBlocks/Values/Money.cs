using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Mila.BuildingBlocks.Api;
using Mila.BuildingBlocks.Results;

namespace Mila.BuildingBlocks.Values;

/// <summary>An amount of money, exact to the cent, never floating.</summary>
/// <param name="Amount">Decimal with at most two places; written as a string, <c>"12.50"</c>.</param>
/// <param name="Currency">ISO 4217; <c>EUR</c> is the only one in use.</param>
public sealed record Money([property: JsonConverter(typeof(AmountConverter))] decimal Amount, string Currency = "EUR")
{
    /// <summary>Amounts from 0 to this are accepted from outside.</summary>
    public const decimal Largest = 100_000_000m;

    /// <summary>Euros.</summary>
    public static Money Euros(decimal amount) => new(amount);
}

/// <summary>Reads <c>"12.50"</c> and nothing that is not written so: no exponent, no sign but minus, at most two decimals, no number token.</summary>
internal sealed class AmountConverter : JsonConverter<decimal>
{
    public override decimal Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String
            && reader.GetString() is { Length: <= 20 } text
            && decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount)
            && amount.Scale <= 2
            && !text.StartsWith('+'))
        {
            return amount;
        }

        throw new JsonException(Languages.Say("An amount is a string such as \"12.50\".", "Un montant est une chaîne telle que \"12.50\".")) { Data = { [InstantConverter.CodeKey] = "wrong-type" } };
    }

    public override void Write(Utf8JsonWriter writer, decimal value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString("0.00", CultureInfo.InvariantCulture));
}
