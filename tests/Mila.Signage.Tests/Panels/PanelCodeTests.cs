using Mila.Signage.Panels;

namespace Mila.Signage.Tests.Panels;

public class PanelCodeTests
{
    [Fact]
    public void No_two_signs_of_the_alphabet_look_alike()
    {
        PanelCode.Alphabet.ShouldBeUnique();
        PanelCode.Alphabet.Intersect("01oilaeu").ShouldBeEmpty();
        PanelCode.Alphabet.ShouldBe(PanelCode.Alphabet.ToLowerInvariant());
    }

    [Theory]
    [InlineData("bcdfgh2", "bcdfgh2")]
    [InlineData("BCDFGH2", "bcdfgh2")]
    [InlineData("bcdfgh", null)]
    [InlineData("bcdfgh22", null)]
    [InlineData("bcdfgh0", null)]
    [InlineData("bcdfgé2", null)]
    [InlineData("", null)]
    public void A_code_is_read_whatever_its_case(string typed, string? code) => PanelCode.Read(typed).ShouldBe(code);
}
