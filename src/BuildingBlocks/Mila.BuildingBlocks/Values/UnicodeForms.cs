using System.Text;

namespace Mila.BuildingBlocks.Values;

/// <summary>Normal forms of what people typed.</summary>
public static class UnicodeForms
{
    /// <summary>
    /// The text in a normal form. What is no character in it, U+FFFE and halves of a pair, is a space: <see cref="string.Normalize(NormalizationForm)"/> throws at it, and anybody can type it.
    /// </summary>
    public static string Of(string text, NormalizationForm form)
    {
        if (!text.Any(c => c == '\uFFFE' || char.IsSurrogate(c))) return text.Normalize(form);

        var whole = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes()) whole.Append(rune == Rune.ReplacementChar || rune.Value == 0xFFFE ? " " : rune.ToString());
        return whole.ToString().Normalize(form);
    }
}
