using System.Diagnostics;
using System.Text;
using Mila.Testing.App;

namespace Mila.Host.Tests.Api;

public sealed class ProblemTests(TestMila mila) : IClassFixture<TestMila>
{
    private static readonly string[] NeverShown = ["Exception", "   at ", "System.", "Npgsql", "Marten", "mt_doc", "select ", "42P01", ".cs:line"];

    [Theory]
    [InlineData("GET", "/nothing")]
    [InlineData("GET", "/v1/nothing")]
    [InlineData("POST", "/v1/nothing")]
    [InlineData("GET", "/v1/events/not-an-id")]
    [InlineData("GET", "/")]
    [InlineData("DELETE", "/%2e%2e/etc/passwd")]
    public async Task There_is_nothing_at_an_unknown_address(string method, string path)
    {
        using var nobody = mila.Anonymous();
        (await nobody.CallAsync(method, path, null)).ShouldRefuse(404, "unknown-route").Header("Cache-Control").ShouldBe("no-store");
    }

    [Theory]
    [InlineData("DELETE", "/v1/programmes", "GET, HEAD, POST")]
    [InlineData("PUT", "/v1/events", "GET, HEAD, POST")]
    [InlineData("GET", "/v1/events/import", "POST")]
    [InlineData("HEAD", "/v1/events/import", "POST")]
    [InlineData("FROBNICATE", "/v1/events", "GET, HEAD, POST")]
    public async Task A_method_that_an_address_does_not_take_is_named_with_those_it_takes(string method, string path, string allowed)
    {
        using var admin = mila.Admin();
        var answer = await admin.CallAsync(method, path, null);
        answer.Status.ShouldBe(405);
        answer.Header("Allow")!.Split(", ").ShouldBe(allowed.Split(", "), ignoreOrder: true);
        if (method != "HEAD") answer.ShouldRefuse(405, "method-not-allowed");
    }

    [Theory]
    [InlineData("text/html", 406)]
    [InlineData("application/xml, text/*", 406)]
    [InlineData("application/problem+json", 406)]
    [InlineData("application/json;q=0, */*", 406)]
    [InlineData("application/json", 200)]
    [InlineData("application/json; charset=utf-8", 200)]
    [InlineData("application/*", 200)]
    [InlineData("*/*", 200)]
    [InlineData("text/html, application/json;q=0.1", 200)]
    [InlineData("not a media type", 200)]
    public async Task Accept_is_heeded(string accept, int status)
    {
        using var admin = mila.Admin();
        var answer = (await admin.AskAsync("/v1/programmes", ("Accept", accept))).Expect(status);
        if (status == 406) answer.ShouldRefuse(406, "not-acceptable");
    }

    [Theory]
    [InlineData("{", "json-malformed")]
    [InlineData("{\"code\":\"x\",}", "json-malformed")]
    [InlineData("{\"code\":\"x\"} {}", "json-malformed")]
    [InlineData("{'code':'x'}", "json-malformed")]
    [InlineData("{\"code\":NaN}", "json-malformed")]
    [InlineData("{/*x*/}", "json-malformed")]
    [InlineData("\uFEFF{}", "json-malformed")]
    [InlineData("[]", "body-not-an-object")]
    [InlineData("\"text\"", "body-not-an-object")]
    [InlineData("null", "body-not-an-object")]
    [InlineData("12", "body-not-an-object")]
    [InlineData("", "request-malformed")]
    [InlineData("{\"label\":\"a\\u0000b\"}", "text-not-allowed")]
    [InlineData("{\"label\":\"\\ud800\"}", "text-not-allowed")]
    [InlineData("{\"label\":\"\\udc00\\ud800\"}", "text-not-allowed")]
    [InlineData("{\"a\\u0000\":1}", "text-not-allowed")]
    [InlineData("{\"code\":\"x\",\"code\":\"y\"}", "name-repeated")]
    [InlineData("{\"code\":\"x\",\"\\u0063ode\":\"y\"}", "name-repeated")]
    [InlineData("{\"themes\":[{\"a\":1,\"a\":1}]}", "name-repeated")]
    public async Task A_body_that_cannot_be_read_is_malformed(string body, string code)
    {
        using var admin = mila.Admin();
        (await admin.TellAsync("/v1/programmes", body)).ShouldRefuse(400, code);
    }

    [Theory]
    [InlineData("POST", "/v1/programmes")]
    [InlineData("POST", "/v1/events/import")]
    [InlineData("PATCH", "/v1/programmes/none")]
    public async Task What_a_body_is_is_not_guessed(string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = new ByteArrayContent("{}"u8.ToArray()) };
        request.Headers.TryAddWithoutValidation("If-Match", "\"x\"");
        using var admin = mila.Admin();
        using var answer = await admin.SendAsync(request);
        new Answer((int)answer.StatusCode, answer.Headers, answer.Content.Headers, await answer.Content.ReadAsStringAsync()).ShouldRefuse(415, "unsupported-media-type");
    }

    [Theory]
    [InlineData("{\"themes\":[}", "/themes json-malformed")]
    [InlineData("{\"themes\":[1,}", "/themes/0 json-malformed")]
    [InlineData("{\"a\":{", "/a json-malformed")]
    [InlineData("{", " json-malformed")]
    public async Task A_body_that_breaks_off_is_pointed_at_where_it_was_read_last(string body, string fault)
    {
        using var admin = mila.Admin();
        (await admin.TellAsync("/v1/programmes", body)).ShouldRefuse(400, "json-malformed", fault);
    }

    [Fact]
    public async Task The_pointer_finds_the_text_that_is_not_allowed()
    {
        using var admin = mila.Admin();
        (await admin.TellAsync("/v1/programmes", "{\"themes\":[\"ok\",\"\\u0000\"]}")).ShouldRefuse(400, "text-not-allowed").Faults[0].ShouldStartWith("/themes");
        (await admin.TellAsync("/v1/programmes", "{\"a/b~c\":{\"x\":1,\"x\":2}}")).ShouldRefuse(400, "name-repeated", "/a~1b~0c/x name-repeated");
    }

    [Fact]
    public async Task Bytes_that_are_not_UTF8_are_refused()
    {
        using var admin = mila.Admin();
        (await admin.TellAsync("/v1/programmes", (byte[])[.. "{\"label\":\""u8, 0xC3, 0x28, .. "\"}"u8])).Status.ShouldBe(400);
        (await admin.TellAsync("/v1/programmes", Encoding.Unicode.GetBytes("{}"), ("Content-Type", "application/json; charset=utf-16"))).Status.ShouldBe(400);
    }

    [Fact]
    public async Task Nesting_ends_at_32()
    {
        using var admin = mila.Admin();
        (await admin.TellAsync("/v1/programmes", Deep(33))).ShouldRefuse(400, "too-deep");
        (await admin.TellAsync("/v1/programmes", Deep(32))).Status.ShouldBe(422);
        (await admin.TellAsync("/v1/programmes", "{\"x\":" + new string('[', 100_000))).ShouldRefuse(400, "too-deep", "/x" + string.Concat(Enumerable.Repeat("/0", 30)) + " too-deep");

        static string Deep(int depth) => "{\"x\":" + new string('[', depth - 1) + new string(']', depth - 1) + "}";
    }

    [Fact]
    public async Task A_body_ends_at_a_mebibyte()
    {
        using var admin = mila.Admin();
        var fits = "{\"code\":\"x\",\"label\":\"" + new string('x', (1024 * 1024) - 23) + "\"}";
        fits.Length.ShouldBe(1024 * 1024);
        (await admin.TellAsync("/v1/programmes", fits)).ShouldRefuse(422, "request-invalid", "/label too-long");
        (await admin.TellAsync("/v1/programmes", fits + " ")).ShouldRefuse(413, "body-too-large");

        using var chunked = new HttpRequestMessage(HttpMethod.Post, "/v1/programmes") { Content = new StringContent(fits + " ", Encoding.UTF8, "application/json") };
        chunked.Headers.TransferEncodingChunked = true;
        using var answer = await admin.SendAsync(chunked, TestContext.Current.CancellationToken);
        ((int)answer.StatusCode).ShouldBe(413);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/xml")]
    [InlineData("multipart/form-data; boundary=x")]
    public async Task A_body_of_another_kind_is_not_read(string contentType)
    {
        using var admin = mila.Admin();
        (await admin.TellAsync("/v1/programmes", "{\"code\":\"x\",\"label\":\"x\"}", ("Content-Type", contentType))).ShouldRefuse(415, "unsupported-media-type");
    }

    [Fact]
    public async Task Every_fault_of_the_shape_has_its_pointer()
    {
        using var admin = mila.Admin();
        (await admin.TellAsync("/v1/programmes", "{}")).ShouldRefuse(422, "request-invalid", "/code required", "/label required");
        (await admin.TellAsync("/v1/programmes", new { code = 1, label = "x" })).ShouldRefuse(422, "request-invalid", "/code wrong-type");
        (await admin.TellAsync("/v1/programmes", new { code = "x", label = "x", themes = new object[] { "a", 2 } })).ShouldRefuse(422, "request-invalid", "/themes/1 wrong-type");
        (await admin.TellAsync("/v1/programmes", new { code = "x", label = "x", colour = 1 })).ShouldRefuse(422, "request-invalid", "/colour unknown-member");
        (await admin.TellAsync("/v1/programmes", new { code = "X X", label = "", minutes = 1 })).ShouldRefuse(422, "request-invalid", "/code wrong-format", "/label required", "/minutes out-of-range");
    }

    [Fact]
    public async Task A_crash_says_that_it_was_one_and_nothing_of_how()
    {
        using var admin = mila.Admin();
        await mila.SqlAsync("alter table events.mt_doc_programme rename to gone");
        try
        {
            foreach (var answer in new[] { await admin.AskAsync("/v1/programmes"), await admin.TellAsync("/v1/programmes", new { code = "x", label = "x" }), await admin.AskAsync("/v1/programmes/x") })
            {
                answer.ShouldRefuse(500, "internal-error");
                foreach (var word in NeverShown) answer.Text.ShouldNotContain(word);
            }
        }
        finally
        {
            await mila.SqlAsync("alter table events.gone rename to mt_doc_programme");
        }

        (await admin.AskAsync("/v1/programmes")).Expect(200);
    }

    [Fact]
    public async Task A_problem_speaks_the_callers_language_and_names_its_trace()
    {
        using var listener = new ActivityListener { ShouldListenTo = s => s.Name == "Microsoft.AspNetCore", Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData };
        ActivitySource.AddActivityListener(listener);
        using var admin = mila.Admin();
        var french = (await admin.AskAsync("/v1/programmes/nobody", ("Accept-Language", "fr-FR"), ("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"))).ShouldRefuse(404, "programme-unknown");
        french["detail"].GetString().ShouldBe("Ce programme n'existe pas.");
        french["traceId"].GetString().ShouldBe("0af7651916cd43dd8448eb211c80319c");
        (await admin.AskAsync("/v1/programmes/nobody", ("Accept-Language", "en")))["detail"].GetString().ShouldBe("There is no such programme.");
    }

    [Fact]
    public async Task A_trailing_slash_leads_to_the_same_place()
    {
        using var admin = mila.Admin();
        (await admin.AskAsync("/v1/programmes/")).Expect(200);
        (await admin.CallAsync("HEAD", "/v1/programmes/", null)).Expect(200).Text.ShouldBe("");
    }
}
