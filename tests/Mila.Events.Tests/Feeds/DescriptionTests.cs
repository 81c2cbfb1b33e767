using Mila.Events.Feeds;

namespace Mila.Events.Tests.Feeds;

public sealed class DescriptionTests
{
    private const string Here = "https://mila.example/agenda";

    [Theory]
    [InlineData("**fort** et *fin*", "<p><strong>fort</strong> et <em>fin</em></p>")]
    [InlineData("# Titre\n\n#### Partie", "<h2>Titre</h2>\n<h3>Partie</h3>")]
    [InlineData("### Partie", "<h2>Partie</h2>")]
    [InlineData("- un\n- deux", "<ul>\n<li>un</li>\n<li>deux</li>\n</ul>")]
    [InlineData("[site](https://example.org)", "<p><a href=\"https://example.org\" rel=\"nofollow noopener\">site</a></p>")]
    [InlineData("[le club](/agenda?programme=club-mila)", "<p><a href=\"https://mila.example/agenda?programme=club-mila\" rel=\"nofollow noopener\">le club</a></p>")]
    [InlineData("[ici](agenda/rencontre)", "<p><a href=\"https://mila.example/agenda/rencontre\" rel=\"nofollow noopener\">ici</a></p>")]
    [InlineData("[nous](mailto:a@b.example)", "<p><a href=\"mailto:a@b.example\" rel=\"nofollow noopener\">nous</a></p>")]
    [InlineData("voir https://example.org ici", "<p>voir <a href=\"https://example.org\" rel=\"nofollow noopener\">https://example.org</a> ici</p>")]
    public void Markdown_reads_as_people_mean_it(string markdown, string html) => Description.Html(markdown, Here).ShouldBe(html);

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("<img src=x onerror=alert(1)>")]
    [InlineData("![](https://tracker.example/pixel.gif)")]
    [InlineData("[x](javascript:alert(1))")]
    [InlineData("[x](JaVaScRiPt:alert(1))")]
    [InlineData("[x](data:text/html;base64,PHNjcmlwdD4=)")]
    [InlineData("<javascript:alert(1)>")]
    [InlineData("<a href=\"https://x\" style=\"position:fixed\" onclick=\"alert(1)\">x</a>")]
    [InlineData("<iframe src=https://evil.example></iframe>")]
    [InlineData("<style>*{display:none}</style>")]
    [InlineData("[x](https://a\" onmouseover=\"alert(1))")]
    public void Nothing_runs_loads_or_covers(string markdown)
    {
        var page = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(Description.Html(markdown, Here));
        page.QuerySelectorAll("script, img, iframe, style, object, embed, form, svg").ShouldBeEmpty();
        foreach (var element in page.Body!.QuerySelectorAll("*"))
        {
            element.Attributes.Select(a => a.Name).Except(["href", "rel", "start"]).ShouldBeEmpty();
            if (element.GetAttribute("href") is { } href) href.ShouldStartWith("https:");
        }
    }

    [Theory]
    [InlineData("> ", 130, "")]
    [InlineData("> ", 2000, "")]
    [InlineData("- ", 130, "")]
    [InlineData("1. ", 400, "")]
    [InlineData("*a **a ", 300, "")]
    [InlineData("*a **a ", 130, " b** b*")]
    [InlineData("[", 3000, "](https://example.org)")]
    [InlineData("![", 2000, "](x)")]
    [InlineData("[", 1000, "](https://example.org)", 1000)]
    public void However_deep_a_text_is_its_words_are_shown_and_it_runs_nothing(string opening, int times, string closing, int closings = 130)
    {
        var deep = string.Concat(Enumerable.Repeat(opening, times)) + "au fond <script>alert(1)</script>" + string.Concat(Enumerable.Repeat(closing, closings));
        var page = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(Description.Html(deep, Here));
        page.QuerySelectorAll("script").ShouldBeEmpty();
        page.Body!.TextContent.ShouldContain("au fond");
        Description.Text(deep).ShouldContain("au fond");
    }

    [Fact]
    public void Plain_text_is_without_marks() => Description.Text("# Titre\n\n**fort** [site](https://example.org)\n").ShouldBe("Titre\nfort site");
}
