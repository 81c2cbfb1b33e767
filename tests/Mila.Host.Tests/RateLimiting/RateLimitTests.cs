using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Mila.BuildingBlocks.Api;
using Mila.BuildingBlocks.Api.RateLimiting;
using Mila.BuildingBlocks.Security;

namespace Mila.Host.Tests.RateLimiting;

public class RateLimitTests
{
    private static readonly (string, string)[] Three = [("RateLimits:KeyPerMinute", "3"), ("RateLimits:AnonymousPerMinute", "2"), ("RateLimits:FormPerMinute", "1")];

    [Fact]
    public async Task Every_limited_answer_says_what_is_left()
    {
        await using var host = await SmallHost.StartAsync(Routes, Three);

        using var answer = await host.GetAsync("/v1/public");

        answer.Headers.GetValues("RateLimit-Policy").ShouldBe(["\"anonymous\";q=2;w=60"]);
        answer.Headers.GetValues("RateLimit").ShouldBe(["\"anonymous\";r=1;t=60"]);
    }

    [Fact]
    public async Task Beyond_the_quota_the_answer_is_a_problem_that_says_when_to_come_back()
    {
        await using var host = await SmallHost.StartAsync(Routes, Three);
        for (var i = 0; i < 2; i++) (await host.GetAsync("/v1/public")).StatusCode.ShouldBe(HttpStatusCode.OK);
        host.Clock.Advance(TimeSpan.FromSeconds(18));

        using var answer = await host.GetAsync("/v1/public");

        answer.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString().ShouldBe("too-many-requests");
        answer.Headers.GetValues("Retry-After").ShouldBe(["42"]);
        answer.Headers.GetValues("RateLimit").ShouldBe(["\"anonymous\";r=0;t=42"]);
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();

        host.Clock.Advance(TimeSpan.FromSeconds(42));
        (await host.GetAsync("/v1/public")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_key_has_its_own_quota()
    {
        await using var host = await SmallHost.StartAsync(Routes, Three);
        for (var i = 0; i < 3; i++) (await host.GetAsync("/v1/events", ("Test-Scopes", "events:read"))).StatusCode.ShouldBe(HttpStatusCode.OK);

        using var answer = await host.GetAsync("/v1/events", ("Test-Scopes", "events:read"));

        answer.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        answer.Headers.GetValues("RateLimit-Policy").ShouldBe(["\"key\";q=3;w=60"]);
        (await host.GetAsync("/v1/public")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_public_form_is_limited_more_and_apart()
    {
        await using var host = await SmallHost.StartAsync(Routes, Three);
        (await host.SendAsync(HttpMethod.Post, "/v1/form")).StatusCode.ShouldBe(HttpStatusCode.OK);

        using var answer = await host.SendAsync(HttpMethod.Post, "/v1/form");

        answer.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        answer.Headers.GetValues("RateLimit-Policy").ShouldBe(["\"form\";q=1;w=60"]);
        (await host.GetAsync("/v1/public")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Only_wrong_tries_of_a_code_count_whoever_asks()
    {
        await using var host = await SmallHost.StartAsync(Routes, ("RateLimits:FormPerMinute", "2"));
        for (var i = 0; i < 20; i++)
        {
            using var right = await host.SendAsync(HttpMethod.Post, "/v1/code?right=true");
            right.StatusCode.ShouldBe(HttpStatusCode.OK);
            right.Headers.GetValues("RateLimit").ShouldBe(["\"trial\";r=2;t=60"]);
        }

        for (var i = 0; i < 2; i++) (await host.SendAsync(HttpMethod.Post, "/v1/code?right=false")).StatusCode.ShouldBe(HttpStatusCode.OK);
        foreach (var right in new[] { "true", "false" }) (await host.SendAsync(HttpMethod.Post, $"/v1/code?right={right}")).StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        (await host.SendAsync(HttpMethod.Post, "/v1/code?right=true", ("Test-Scopes", "events:read"))).StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        (await host.SendAsync(HttpMethod.Post, "/v1/form")).StatusCode.ShouldBe(HttpStatusCode.OK, "forms are counted apart");
    }

    [Fact]
    public async Task Many_tries_at_once_gain_nothing()
    {
        await using var host = await SmallHost.StartAsync(Routes, ("RateLimits:FormPerMinute", "2"));
        var answers = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => host.SendAsync(HttpMethod.Post, "/v1/code?right=false")));
        answers.Count(a => a.StatusCode == HttpStatusCode.OK).ShouldBe(2);
    }

    [Fact]
    public async Task Refused_guesses_count()
    {
        await using var host = await SmallHost.StartAsync(Routes, Three);
        for (var i = 0; i < 2; i++) (await host.GetAsync("/v1/events")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await host.GetAsync("/v1/events")).StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task Unknown_addresses_count()
    {
        await using var host = await SmallHost.StartAsync(Routes, Three);
        for (var i = 0; i < 2; i++) (await host.GetAsync($"/wp-login-{i}.php")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await host.GetAsync("/.env")).StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task A_feed_is_not_limited()
    {
        await using var host = await SmallHost.StartAsync(Routes, Three);
        for (var i = 0; i < 20; i++)
        {
            using var answer = await host.GetAsync("/feeds/events.ics");
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            answer.Headers.Contains("RateLimit").ShouldBeFalse();
        }
    }

    [Fact]
    public async Task A_crash_says_what_is_left_too()
    {
        await using var host = await SmallHost.StartAsync(Routes, Three);
        using var answer = await host.GetAsync("/v1/crash");
        answer.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        answer.Headers.GetValues("RateLimit").ShouldBe(["\"anonymous\";r=1;t=60"]);
    }

    [Fact]
    public async Task Zero_is_off()
    {
        await using var host = await SmallHost.StartAsync(Routes, ("RateLimits:AnonymousPerMinute", "0"));
        for (var i = 0; i < 100; i++)
        {
            using var answer = await host.GetAsync("/v1/public");
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            answer.Headers.Contains("RateLimit-Policy").ShouldBeFalse();
        }
    }

    [Fact]
    public async Task Addresses_of_one_IPv6_network_share_a_quota_and_others_do_not()
    {
        await using var host = await SmallHost.StartAsync(Routes, Three);
        foreach (var address in new[] { "2001:db8:1:2::1", "2001:db8:1:2:ffff::9" }) (await host.GetAsync("/v1/public", ("Test-Address", address))).StatusCode.ShouldBe(HttpStatusCode.OK);

        (await host.GetAsync("/v1/public", ("Test-Address", "2001:db8:1:2:3::4"))).StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        (await host.GetAsync("/v1/public", ("Test-Address", "2001:db8:1:3::1"))).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public void An_IPv4_address_is_one_however_it_is_written() =>
        RequestLimiter.Network(IPAddress.Parse("::ffff:192.0.2.7")).ShouldBe(RequestLimiter.Network(IPAddress.Parse("192.0.2.7")));

    [Fact]
    public async Task A_negative_limit_is_a_mistake() =>
        await Should.ThrowAsync<InvalidOperationException>(() => SmallHost.StartAsync(Routes, ("RateLimits:KeyPerMinute", "-1")));

    private static void Routes(IEndpointRouteBuilder app)
    {
        app.MapGet("/v1/public", () => "public").Public();
        app.MapGet("/v1/events", () => "events").RequireScope("events:read");
        app.MapGet("/v1/crash", IResult () => throw new InvalidOperationException()).Public();
        app.MapPost("/v1/form", () => "thank you").Public().PublicForm();
        app.MapPost("/v1/code", (bool right, HttpContext context) =>
        {
            if (right) context.WasRight();
            return "tried";
        }).Public().CountsWrongTries();
        app.MapGet("/feeds/events.ics", () => "feed").Public().NotLimited();
    }
}
