using Mila.BuildingBlocks.Api;
using Mila.BuildingBlocks.Pages;
using Mila.BuildingBlocks.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Mila.Host.Tests.Pages;

public class PublicPageTests
{
    [Theory]
    [InlineData("/page", null, "fr")]
    [InlineData("/page", "en-GB", "en")]
    [InlineData("/page?lang=fr", "en-GB", "fr")]
    [InlineData("/page?lang=en", null, "en")]
    [InlineData("/page?lang=de", "de", "fr")]
    [InlineData("/page?lang=\"><script>", null, "fr")]
    public async Task A_page_speaks_French_or_English(string path, string? accepted, string language)
    {
        await using var host = await SmallHost.StartAsync(Routes);
        using var answer = await host.GetAsync(path, ("Accept-Language", accepted ?? "*"));
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        text.ShouldContain($"<html lang=\"{language}\">");
        answer.Content.Headers.ContentLanguage.ShouldBe([language]);
        answer.Headers.Vary.ShouldBe(["Accept-Language"]);
        text.ShouldNotContain("<script");
    }

    [Fact]
    public async Task A_title_is_text_and_never_markup()
    {
        await using var host = await SmallHost.StartAsync(Routes);
        using var answer = await host.GetAsync("/page");
        (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("<title>Été &lt;b&gt; &amp; co – MILA</title>");
    }

    [Fact]
    public async Task A_page_that_has_not_changed_is_not_sent_again()
    {
        await using var host = await SmallHost.StartAsync(Routes);
        using var first = await host.GetAsync("/page?lang=fr");
        using var again = await host.GetAsync("/page?lang=fr", ("If-None-Match", first.Headers.ETag!.ToString()));
        using var other = await host.GetAsync("/page?lang=en", ("If-None-Match", first.Headers.ETag!.ToString()));

        ((int)again.StatusCode).ShouldBe(304);
        ((int)other.StatusCode).ShouldBe(200);
        first.Headers.CacheControl!.ToString().ShouldBe("public, max-age=60, stale-while-revalidate=600, stale-if-error=86400");
    }

    [Fact]
    public async Task The_street_wears_its_own_colours()
    {
        await using var host = await SmallHost.StartAsync(Routes);
        (await (await host.GetAsync("/page")).Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("<body class=\"house\">");
        (await (await host.GetAsync("/street")).Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("<body class=\"street\">");
    }

    private static void Routes(IEndpointRouteBuilder app)
    {
        var pages = app.MapGroup("").Public();
        pages.MapGet("/page", (HttpContext context) => new PublicPage(PublicPage.LanguageOf(context.Request), "Été <b> & co", "<h1>x</h1>"));
        pages.MapGet("/street", (HttpContext context) => new PublicPage("fr", "x", "<h1>x</h1>") { Colours = PageColours.Street });
    }
}
