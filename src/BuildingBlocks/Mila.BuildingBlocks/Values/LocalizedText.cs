namespace Mila.BuildingBlocks.Values;

/// <summary>A text meant for the public. French is the default and the fallback.</summary>
/// <param name="Fr">French; always there.</param>
/// <param name="En">English; null falls back to French.</param>
public sealed record LocalizedText(string Fr, string? En = null)
{
    /// <summary>The text in <paramref name="language"/> (<c>fr</c> or <c>en</c>).</summary>
    public string In(string language) => language == "en" && !string.IsNullOrEmpty(En) ? En : Fr;
}
