using Mila.BuildingBlocks.Pages;
using Mila.Testing.App;

namespace Mila.Host.Tests.Pages;

public sealed class StylesheetTests(TestMila mila) : IClassFixture<TestMila>
{
    [Fact]
    public async Task The_stylesheet_is_kept_for_a_year_under_the_address_of_its_version()
    {
        using var nobody = mila.Anonymous();
        var answer = (await nobody.AskAsync(Stylesheet.Href)).Expect(200);

        answer.ContentHeaders.ContentType!.ToString().ShouldBe("text/css; charset=utf-8");
        answer.Header("Cache-Control").ShouldBe("public, max-age=31536000, immutable");
        answer.Text.ShouldContain("prefers-color-scheme: dark");
        answer.Text.ShouldNotContain("@import");
        answer.Text.ShouldNotContain("url(");
    }

    [Theory]
    [InlineData(Stylesheet.Path)]
    [InlineData(Stylesheet.Path + "?v=000000000000")]
    public async Task Under_any_other_address_only_for_five_minutes(string address)
    {
        using var nobody = mila.Anonymous();
        var answer = (await nobody.AskAsync(address)).Expect(200);

        answer.Header("Cache-Control").ShouldBe("public, max-age=300");
        (await nobody.AskAsync(address, ("If-None-Match", answer.Etag))).Expect(304).Text.ShouldBeEmpty();
    }

    [Fact]
    public async Task It_is_compressed_for_who_can_read_that_under_a_tag_of_its_own()
    {
        using var nobody = mila.Anonymous();
        var plain = (await nobody.AskAsync(Stylesheet.Path)).Expect(200);
        var brotli = (await nobody.AskAsync(Stylesheet.Path, ("Accept-Encoding", "gzip;q=0, br"))).Expect(200);

        brotli.Header("Content-Encoding").ShouldBe("br");
        brotli.Header("Vary").ShouldBe("Accept-Encoding");
        brotli.Etag.ShouldNotBe(plain.Etag);
        brotli.ContentHeaders.ContentLength!.Value.ShouldBeLessThan(plain.ContentHeaders.ContentLength!.Value / 2);
    }
}
