using Mila.Signage.Panels;

namespace Mila.Signage.Tests.Panels;

public class PublicWebsiteTests
{
    [Theory]
    [InlineData("https://noire.example/")]
    [InlineData("https://noire.example/a?b=c#d")]
    [InlineData("HTTPS://NOIRE.EXAMPLE")]
    public void Passers_by_may_be_sent_to_https(string url) => PublicWebsite.Of(url).ShouldNotBeNull().Scheme.ShouldBe("https");

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("http://noire.example/")]
    [InlineData("javascript:alert(1)")]
    [InlineData("//noire.example/")]
    [InlineData("/agenda")]
    [InlineData("noire.example")]
    [InlineData("https://mila.example@evil.example/")]
    [InlineData("https://user:secret@noire.example/")]
    [InlineData("https://")]
    [InlineData("data:text/html,x")]
    public void They_are_sent_to_nothing_else(string? url) => PublicWebsite.Of(url).ShouldBeNull();

    [Fact]
    public void Nor_to_an_address_without_end() => PublicWebsite.Of("https://noire.example/" + new string('a', 2000)).ShouldBeNull();
}
