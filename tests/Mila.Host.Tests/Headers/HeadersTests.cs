using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Mila.BuildingBlocks.Api;
using Mila.BuildingBlocks.Security;

namespace Mila.Host.Tests.Headers;

public class HeadersTests
{
    [Theory]
    [InlineData("/v1/public", "default-src 'none'; frame-ancestors 'none'", "no-referrer")]
    [InlineData("/nothing", "default-src 'none'; frame-ancestors 'none'", "no-referrer")]
    [InlineData("/v1/crash", "default-src 'none'; frame-ancestors 'none'", "no-referrer")]
    [InlineData("/special", "default-src 'self'", "strict-origin-when-cross-origin")]
    public async Task Every_answer_is_protected(string path, string policy, string referrer)
    {
        await using var host = await SmallHost.StartAsync(Routes);
        using var answer = await host.GetAsync(path);

        One(answer, "X-Content-Type-Options").ShouldBe("nosniff");
        One(answer, "Content-Security-Policy").ShouldBe(policy);
        One(answer, "Referrer-Policy").ShouldBe(referrer);
    }

    [Fact]
    public async Task A_page_loads_from_here_only_and_is_framed_by_nobody()
    {
        await using var host = await SmallHost.StartAsync(Routes);
        var policy = One(await host.GetAsync("/agenda"), "Content-Security-Policy")!;

        policy.ShouldStartWith("default-src 'none'; script-src 'self'");
        policy.ShouldEndWith("frame-ancestors 'none'");
        policy.ShouldNotContain("unsafe");
    }

    [Fact]
    public async Task An_embed_is_framed_by_anybody()
    {
        await using var host = await SmallHost.StartAsync(Routes);
        var policy = One(await host.GetAsync("/embed/agenda"), "Content-Security-Policy")!;
        policy.ShouldEndWith("frame-ancestors *");
        policy.ShouldNotContain("unsafe");
    }

    [Fact]
    public async Task Answers_to_a_key_and_problems_are_not_stored()
    {
        await using var host = await SmallHost.StartAsync(Routes);

        One(await host.GetAsync("/feeds/events.ics"), "Cache-Control").ShouldBe("public, max-age=60");
        One(await host.GetAsync("/feeds/events.ics", ("Authorization", "Bearer anything")), "Cache-Control").ShouldBe("no-store");
        One(await host.GetAsync("/v1/closed"), "Cache-Control").ShouldBe("no-store");
        One(await host.GetAsync("/nothing"), "Cache-Control").ShouldBe("no-store");
        One(await host.GetAsync("/v1/public"), "Cache-Control").ShouldBeNull();
    }

    [Fact]
    public async Task Scripts_of_other_sites_may_read_what_is_public()
    {
        await using var host = await SmallHost.StartAsync(Routes);
        using var answer = await host.GetAsync("/v1/public");

        One(answer, "Access-Control-Allow-Origin").ShouldBe("*");
        One(answer, "Access-Control-Allow-Credentials").ShouldBeNull();
        One(answer, "Access-Control-Expose-Headers").ShouldBe("ETag, Link, Location, RateLimit, RateLimit-Policy, Retry-After");
    }

    [Theory]
    [InlineData("GET", "/v1/closed")]
    [InlineData("POST", "/v1/public")]
    [InlineData("GET", "/nothing")]
    public async Task And_nothing_else(string method, string path)
    {
        await using var host = await SmallHost.StartAsync(Routes);
        using var answer = await host.SendAsync(new HttpMethod(method), path, ("Origin", "https://label.example"), ("Test-Scopes", "admin"));
        One(answer, "Access-Control-Allow-Origin").ShouldBeNull();
    }

    [Fact]
    public async Task A_preflight_for_a_public_read_is_answered()
    {
        await using var host = await SmallHost.StartAsync(Routes);
        using var answer = await Preflight(host, "/v1/public", "GET");

        answer.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        One(answer, "Access-Control-Allow-Origin").ShouldBe("*");
        One(answer, "Access-Control-Allow-Methods").ShouldBe("GET, HEAD");
        One(answer, "Access-Control-Allow-Headers")!.ShouldContain("If-None-Match");
        One(answer, "Access-Control-Allow-Headers")!.ShouldNotContain("Authorization");
    }

    [Theory]
    [InlineData("/v1/public", "POST")]
    [InlineData("/v1/public", "DELETE")]
    [InlineData("/v1/closed", "GET")]
    [InlineData("/v1/reclosed", "GET")]
    [InlineData("/nothing", "GET")]
    public async Task A_preflight_for_anything_else_is_not(string path, string method)
    {
        await using var host = await SmallHost.StartAsync(Routes);
        using var answer = await Preflight(host, path, method);

        answer.IsSuccessStatusCode.ShouldBeFalse();
        One(answer, "Access-Control-Allow-Origin").ShouldBeNull();
    }

    private static Task<HttpResponseMessage> Preflight(SmallHost host, string path, string method) =>
        host.SendAsync(HttpMethod.Options, path, ("Origin", "https://label.example"), ("Access-Control-Request-Method", method));

    private static string? One(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) || answer.Content.Headers.TryGetValues(name, out values) ? values.ShouldHaveSingleItem() : null;

    private static void Routes(IEndpointRouteBuilder app)
    {
        var open = app.MapGroup("").Public();
        open.MapGet("/v1/public", () => "public");
        open.MapPost("/v1/public", () => "posted");
        open.MapGet("/v1/reclosed", () => "closed again").RequireScope("events:read");
        open.MapGet("/v1/crash", IResult () => throw new InvalidOperationException());
        open.MapGet("/agenda", () => Results.Content("<p>", "text/html; charset=utf-8"));
        open.MapGet("/embed/agenda", () => Results.Content("<p>", "text/html; charset=utf-8"));
        open.MapGet("/special", () => Results.Content("<p>", "text/html")).WithContentSecurityPolicy("default-src 'self'");
        open.MapGet("/feeds/events.ics", (HttpContext context) =>
        {
            context.Response.Headers.CacheControl = "public, max-age=60";
            return "feed";
        });
        app.MapGet("/v1/closed", () => "closed").RequireScope("events:read");
    }
}
