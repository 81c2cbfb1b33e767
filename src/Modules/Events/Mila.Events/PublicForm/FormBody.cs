using System.Globalization;
using System.Text;
using static Mila.Events.PublicForm.PersonalPage;

namespace Mila.Events.PublicForm;

/// <summary>Fields as pages show them: each with its label, what was typed before, and whether that was wrong.</summary>
internal sealed class FormBody(bool english, IReadOnlyList<string> faults)
{
    private const int LongestTyped = 10_000;
    private readonly StringBuilder _html = new();

    /// <summary>HTML as it is written here: what people typed in it is encoded by the writer.</summary>
    public FormBody Raw(FormattableString html) => Html(html.ToString(CultureInfo.InvariantCulture));

    /// <summary>The same, put together elsewhere.</summary>
    public FormBody Html(string html)
    {
        _html.Append(html);
        return this;
    }

    public FormBody Alert(string text) => Raw($"<p role=\"alert\" class=\"error\">{Encode(text)}</p>");

    public FormBody Input(string name, string label, string value, int longest, bool isRequired, string type = "text", string autocomplete = "off") => Field(
        name, label, $"<input id=\"{name}\" name=\"{name}\" type=\"{type}\" autocomplete=\"{autocomplete}\" value=\"{Encode(value)}\" maxlength=\"{longest}\"{(isRequired ? " required" : "")}", "");

    public FormBody Area(string name, string label, string value, int longest, bool isRequired, int rows = 8) => Field(
        name, label, $"<textarea id=\"{name}\" name=\"{name}\" rows=\"{rows}\" maxlength=\"{longest}\"{(isRequired ? " required" : "")}", $"{Encode(value)}</textarea>");

    public override string ToString() => _html.ToString();

    /// <summary>What was typed on one line, without what nothing can hold.</summary>
    public static string Line(string? typed) => Plain(typed, isLine: true);

    /// <summary>What was typed on several.</summary>
    public static string Lines(string? typed) => Plain(typed, isLine: false);

    private FormBody Field(string name, string label, string open, string close)
    {
        _html.Append(CultureInfo.InvariantCulture, $"<p><label for=\"{name}\">{Encode(label)}</label> {open}");
        if (faults.Contains(name)) _html.Append(CultureInfo.InvariantCulture, $" aria-invalid=\"true\" aria-describedby=\"{name}-fault\">{close} <span id=\"{name}-fault\" class=\"error\">{(english ? "Please correct this." : "À corriger.")}</span></p>");
        else _html.Append(CultureInfo.InvariantCulture, $">{close}</p>");
        return this;
    }

    private static string Plain(string? typed, bool isLine)
    {
        var text = new StringBuilder();
        foreach (var rune in (typed ?? "").Replace("\r\n", "\n", StringComparison.Ordinal).EnumerateRunes())
        {
            if (text.Length >= LongestTyped) break;

            // A half of a pair comes out of the enumeration as the replacement character.
            if (rune.Value == '\n' && !isLine) text.Append('\n');
            else if (Rune.IsControl(rune) || rune == Rune.ReplacementChar) text.Append(' ');
            else text.Append(rune.ToString());
        }

        return text.ToString().Trim();
    }
}
