using System.Net;
using Marten;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Mila.BuildingBlocks.Api;
using Mila.BuildingBlocks.Security;

namespace Mila.Host.Tests;

/// <summary>The middlewares in their order over a few routes, without a database: the caller is said in a header.</summary>
internal sealed class SmallHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private SmallHost(WebApplication app, FakeTimeProvider clock) => (_app, Clock) = (app, clock);

    public FakeTimeProvider Clock { get; }

    public static async Task<SmallHost> StartAsync(Action<IEndpointRouteBuilder> routes, params (string Name, string Value)[] settings)
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(settings.ToDictionary(s => s.Name, s => (string?)s.Value));
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services.AddMarten("Host=nowhere.invalid");
        builder.Services.AddMilaSecurity(builder.Configuration);
        builder.Services.AddMilaRateLimits(builder.Configuration);
        var app = builder.Build();
        app.UseRouting();
        app.UseProblems();
        app.UseMilaHeaders();
        app.Use((context, next) =>
        {
            context.Connection.RemoteIpAddress = IPAddress.Parse(context.Request.Headers["Test-Address"] is [{ } address] ? address : "192.0.2.1");
            if (context.Request.Headers["Test-Scopes"] is [{ } scopes]) context.User = new Caller("a key", "staff", scopes.Split(' '), null).ToPrincipal("Test");
            return next(context);
        });
        app.UseMilaRateLimits();
        app.UseAuthorization();
        routes(app);
        try
        {
            await app.StartAsync();
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }

        return new SmallHost(app, clock);
    }

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        using var client = _app.GetTestClient();
        return await client.SendAsync(request);
    }

    public Task<HttpResponseMessage> GetAsync(string path, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Get, path, headers);

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
