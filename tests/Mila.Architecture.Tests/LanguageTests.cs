using System.Reflection;
using System.Text.RegularExpressions;
using Mila.BuildingBlocks.Results;

namespace Mila.Architecture.Tests;

/// <summary>What a caller is told is in French and in English: the refusals, and what is said of one field.</summary>
public partial class LanguageTests
{
    private const BindingFlags Own = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    [Fact]
    public void Every_refusal_has_a_sentence_in_each_language()
    {
        var refusals = House.Modules.Select(House.Assembly).Append(typeof(Error).Assembly).SelectMany(a => a.GetTypes()).Where(t => !t.ContainsGenericParameters).SelectMany(t => t.GetFields(Own))
            .Where(f => f.FieldType.IsAssignableTo(typeof(Error))).Select(f => (f.Name, Error: (Error)f.GetValue(null)!)).ToArray();

        refusals.Length.ShouldBeGreaterThan(100);
        refusals.Where(r => string.IsNullOrWhiteSpace(r.Error.DetailFr) || r.Error.DetailFr == r.Error.Detail).Select(r => $"{r.Name}: {r.Error.Code}").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""RuleFor(r => r.Day).Must(d => Ok(d)).WithMessage("A day of the week.");""", true)]
    [InlineData("""RuleFor(r => r.Day).WithMessage(_ => Languages.Say("A day of the week.", "Un jour de la semaine."));""", false)]
    [InlineData("""RuleFor(r => r.Currency).WithMessage("EUR.");""", false)]
    [InlineData("""return FeedErrors.At("page", "out-of-range", $"From 1 to {Most}.").ToProblem();""", true)]
    [InlineData("""report.Fault(item.Pointer + "/day", "unknown", Read("a") ?? "There is no such day.");""", true)]
    [InlineData("""report.Fault(item.Pointer, refusal.Code, refusal.Detail);""", true)]
    [InlineData("""report.Fault(item.Pointer, refusal); Say("Something else.");""", false)]
    [InlineData("""seats.At(e).Taken.ToString("0 000");""", false)]
    public void A_sentence_in_one_language_is_found(string code, bool isOne) => InOneLanguage(code).Any().ShouldBe(isOne);

    [Fact]
    public void And_there_is_none()
    {
        var sources = House.Sources(Path.Combine(House.Root, "src"));

        sources.SelectMany(f => Said().Matches(File.ReadAllText(f))).Count().ShouldBeGreaterThan(100);
        sources.SelectMany(f => InOneLanguage(File.ReadAllText(f)).Select(said => $"{Path.GetFileName(f)}: {said}")).ShouldBeEmpty();
    }

    private static IEnumerable<string> InOneLanguage(string code) => Said().Matches(code).Select(m => m.Value).Where(said =>
        !said.Contains("Languages.Say(", StringComparison.Ordinal) && (Text().Matches(said).Any(t => t.Value.Any(char.IsWhiteSpace)) || said.Contains("refusal.Detail", StringComparison.Ordinal)));

    /// <summary>What says something of a field, up to the bracket that closes it.</summary>
    [GeneratedRegex("""\b(WithMessage|FieldError|Fault|At)\((?>[^()"]|"(\\.|[^"\\])*"|(?<open>\()|(?<-open>\)))*(?(open)(?!))\)""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Said();

    /// <summary>What stands between quotes; codes, names and pointers have no spaces.</summary>
    [GeneratedRegex("""
        "(\\.|[^"\\])*"
        """, RegexOptions.ExplicitCapture | RegexOptions.IgnorePatternWhitespace, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Text();
}
