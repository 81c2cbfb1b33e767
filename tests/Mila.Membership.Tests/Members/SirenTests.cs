using Mila.Membership.Members;

namespace Mila.Membership.Tests.Members;

public class SirenTests
{
    [Theory]
    [InlineData("732829320", true)]
    [InlineData("404833048", true)]
    [InlineData("000010017", true)]
    [InlineData("732829321", false)]
    [InlineData("723829320", false)]
    [InlineData("000000000", false)]
    [InlineData("73282932", false)]
    [InlineData("7328293200", false)]
    [InlineData("73282932O", false)]
    [InlineData("732 829 320", false)]
    [InlineData("٧٣٢٨٢٩٣٢٠", false)]
    [InlineData("", false)]
    public void A_siren_has_nine_digits_and_the_last_one_checks_the_others(string text, bool valid) => Siren.IsValid(text).ShouldBe(valid);
}
