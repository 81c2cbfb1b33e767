using Mila.Partners.Webhooks.Types;
using Mila.Testing.App;

namespace Mila.Partners.Tests.Webhooks.Guide;

/// <summary>The page <c>/webhooks</c>. Its receivers are run by tests/conformance/receivers.mjs.</summary>
public sealed class WebhookGuideTests(TestMila mila) : IClassFixture<TestMila>
{
    [Theory]
    [InlineData("/webhooks", "fr-FR", "fr", "Recevoir les webhooks de MILA")]
    [InlineData("/webhooks", "en-GB", "en", "Receive MILA's webhooks")]
    [InlineData("/webhooks", "", "fr", "Recevoir les webhooks de MILA")]
    [InlineData("/webhooks?lang=en", "fr", "en", "Receive MILA's webhooks")]
    [InlineData("/webhooks?lang=xx", "fr", "fr", "Recevoir les webhooks de MILA")]
    public async Task It_is_read_without_a_key_in_the_readers_language(string path, string accepted, string language, string title)
    {
        using var nobody = mila.Anonymous();
        var answer = (await nobody.AskAsync(path, ("Accept-Language", accepted))).Expect(200);

        answer.ContentHeaders.ContentType!.ToString().ShouldBe("text/html; charset=utf-8");
        answer.Header("Content-Language").ShouldBe(language);
        answer.Header("Vary").ShouldBe("Accept-Encoding, Accept-Language");
        answer.Text.ShouldContain($"<h1>{title}</h1>");
        answer.Text.ShouldContain($"<html lang=\"{language}\">");
        answer.Text.ShouldNotContain("<script");
        (await nobody.AskAsync(path, ("Accept-Language", accepted), ("If-None-Match", answer.Etag))).Expect(304);
    }

    [Fact]
    public async Task It_names_every_type_and_holds_four_whole_receivers()
    {
        using var nobody = mila.Anonymous();
        var page = (await nobody.AskAsync("/webhooks")).Text;

        foreach (var type in EventTypes.All) page.ShouldContain($"<code>{type}</code>");
        foreach (var (id, last) in (ValueTuple<string, string>[])[("javascript", "127.0.0.1&#x27;);"), ("python", ".serve_forever()"), ("php", "http_response_code(204);"), ("csharp", "}")])
        {
            var source = page.Split($"<code id=\"receiver-{id}\">")[1].Split("</code>")[0];
            source.ShouldContain("signature", Case.Insensitive);
            source.TrimEnd().ShouldEndWith(last);
        }
    }
}
