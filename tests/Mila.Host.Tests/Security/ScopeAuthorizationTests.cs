using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Mila.BuildingBlocks.Security;

namespace Mila.Host.Tests.Security;

public class ScopeAuthorizationTests
{
    [Fact]
    public async Task Without_a_key_the_answer_is_401_and_says_how_to_send_one()
    {
        await using var host = await SmallHost.StartAsync(Routes);
        using var answer = await host.GetAsync("/v1/events");

        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        answer.Headers.GetValues("WWW-Authenticate").ShouldBe(["Bearer"]);
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString().ShouldBe("unauthenticated");
    }

    [Theory]
    [InlineData("Bearer mila_admin_nothing")]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("Basic bWlsYTptaWxh")]
    [InlineData("mila_staff_0000000000AAAAAAAAAAaaaaaaaaaa000000")]
    public async Task A_text_that_is_no_key_reads_like_none_and_costs_no_query(string authorization)
    {
        // This host has no database: a query would be a crash.
        await using var host = await SmallHost.StartAsync(Routes);
        using var answer = await host.GetAsync("/v1/events", ("Authorization", authorization));

        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString().ShouldBe("unauthenticated");
    }

    [Fact]
    public async Task Without_the_scope_the_answer_is_403_and_names_it()
    {
        await using var host = await SmallHost.StartAsync(Routes);
        using var answer = await host.SendAsync(HttpMethod.Post, "/v1/events", ("Test-Scopes", "events:read hosting:write"));

        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        problem.GetProperty("code").GetString().ShouldBe("scope-missing");
        problem.GetProperty("detail").GetString()!.ShouldContain("events:write");
    }

    [Theory]
    [InlineData("GET", "events:read")]
    [InlineData("GET", "events:write")]
    [InlineData("GET", "admin")]
    [InlineData("POST", "events:write")]
    [InlineData("POST", "admin")]
    public async Task The_scope_opens_and_the_route_overrules_its_group(string method, string scopes)
    {
        await using var host = await SmallHost.StartAsync(Routes);
        (await host.SendAsync(new HttpMethod(method), "/v1/events", ("Test-Scopes", scopes))).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_public_route_of_a_closed_group_is_public()
    {
        await using var host = await SmallHost.StartAsync(Routes);
        (await host.GetAsync("/v1/events/open")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await host.GetAsync("/v1/events/open", ("Test-Scopes", "signage:read"))).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task What_does_not_exist_is_404_and_not_401()
    {
        await using var host = await SmallHost.StartAsync(Routes);
        (await host.GetAsync("/v1/nothing")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_method_that_does_not_exist_is_405_with_Allow()
    {
        await using var host = await SmallHost.StartAsync(Routes);
        using var answer = await host.SendAsync(HttpMethod.Delete, "/v1/events");
        answer.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
        answer.Content.Headers.Allow.ShouldBe(["GET", "HEAD", "POST"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_host_with_a_route_that_says_nothing_does_not_start()
    {
        var refusal = await Should.ThrowAsync<InvalidOperationException>(() => SmallHost.StartAsync(app =>
        {
            Routes(app);
            app.MapGet("/v1/forgotten", () => "").WithDisplayName("the forgotten one");
        }));
        refusal.Message.ShouldContain("the forgotten one");
        refusal.Message.ShouldNotContain("/v1/events");
    }

    [Fact]
    public void A_scope_that_does_not_exist_is_a_mistake() =>
        Should.Throw<ArgumentException>(() => WebApplication.CreateSlimBuilder().Build().MapGet("/", () => "").RequireScope("event:read"));

    [Fact]
    public async Task The_caller_is_a_parameter()
    {
        await using var host = await SmallHost.StartAsync(app => app.MapGet("/v1/me", (Caller caller) => caller.Id).RequireScope("events:read"));
        using var answer = await host.GetAsync("/v1/me", ("Test-Scopes", "events:read"));
        (await answer.Content.ReadAsStringAsync()).ShouldBe("a key");
    }

    private static void Routes(IEndpointRouteBuilder app)
    {
        var events = app.MapGroup("/v1/events").RequireScope("events:write");
        events.MapPost("", () => "written");
        events.MapGet("", () => "read").RequireScope("events:read");
        events.MapGet("/open", () => "open").Public();
    }
}
