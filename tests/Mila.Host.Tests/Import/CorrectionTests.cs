using System.Text.Json.Nodes;
using Mila.BuildingBlocks.Import;
using Mila.BuildingBlocks.Values;

namespace Mila.Host.Tests.Import;

/// <summary>What a corrected item of a file changes, and what it leaves.</summary>
public sealed class CorrectionTests
{
    private static readonly Thing Said = new("Un nom", new LocalizedText("Un titre"), 3, ["a", "b"]);

    [Fact]
    public void What_the_file_says_as_before_stays_as_people_have_made_it()
    {
        var now = new Thing("Leur nom", new LocalizedText("Leur titre", "Their title"), null, ["a", "c"]);

        After(Said, Said with { Count = 4 }, now).ShouldBe(now with { Count = 4 });
        After(Said, Said with { Name = "Autre" }, now).ShouldBe(now with { Name = "Autre" });
        After(Said, Said, now).ShouldBe(now);
    }

    [Fact]
    public void A_text_that_is_corrected_keeps_its_translation() =>
        After(Said, Said with { Title = new LocalizedText("Titre corrigé") }, Said with { Title = new LocalizedText("Un titre", "A title") }).Title.ShouldBe(new LocalizedText("Titre corrigé", "A title"));

    [Theory]
    [InlineData("a b", "a b c", "x b", "x b c")]
    [InlineData("a b", "b", "a b x", "b x")]
    [InlineData("a b", "b a", "a b", "b a")]
    [InlineData("a b", "a b", "", "")]
    [InlineData("a b", "a c", "c", "c")]
    public void Of_a_list_what_goes_goes_and_what_comes_comes(string before, string said, string now, string after) =>
        After(Said with { Items = Words(before) }, Said with { Items = Words(said) }, Said with { Items = Words(now) }).Items.ShouldBe(Words(after));

    [Fact]
    public void Where_nothing_is_known_of_before_all_that_the_file_says_counts()
    {
        var now = new Thing("Leur nom", new LocalizedText("Leur titre", "Their title"), 9, ["c"]);

        Correction.Of(null, Said with { Count = null }, now).ShouldBe(Said with { Title = new LocalizedText("Un titre", "Their title"), Count = 9, Items = ["c", "a", "b"] });
    }

    private static Thing After(Thing before, Thing said, Thing now) => Correction.Of(JsonNode.Parse(Correction.Said(before).ToJsonString()), said, now);

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private sealed record Thing(string Name, LocalizedText Title, int? Count, IReadOnlyList<string> Items)
    {
        public bool Equals(Thing? other) => other is not null && !Correction.Differs(this, other);

        public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);
    }
}
