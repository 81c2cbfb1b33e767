using Marten;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Mila.BuildingBlocks.Hosting;
using Mila.Host;
using Mila.Partners.Webhooks.Delivery;
using Mila.Partners.Webhooks.Endpoints;
using Mila.Partners.Webhooks.Messages;
using Mila.Partners.Webhooks.Secrets;
using Mila.Partners.Webhooks.Signing;
using Mila.Partners.Webhooks.Types;
using Npgsql;

namespace Mila.Benchmarks.Webhooks;

/// <summary>The whole application with its deliveries on, on a database of its own, and endpoints opened and messages written without HTTP.</summary>
internal sealed class WebhookRig : IAsyncDisposable
{
    private static readonly TimeProvider Clock = TimeProvider.System;
    private readonly WebApplication _app;
    private readonly string _folder;
    private readonly HashSet<Guid> _ordered = [];

    private WebhookRig(WebApplication app, string folder) => (_app, _folder) = (app, folder);

    public IServiceProvider Services => _app.Services;

    public DeliveryPump Pump => Services.GetRequiredService<DeliveryPump>();

    /// <param name="connectionString">An empty database, or one that another rig has made.</param>
    /// <param name="customise">Other services, before the application's own.</param>
    /// <param name="settings">Settings beside those of every rig.</param>
    public static async Task<WebhookRig> StartAsync(string connectionString, Action<WebApplicationBuilder>? customise = null, params (string Name, string Value)[] settings)
    {
        var folder = Directory.CreateTempSubdirectory("mila-webhooks-").FullName;
        var app = MilaApp.Build(new HostSettings(0, folder, Import: false, Demo: false), connectionString, builder =>
        {
            builder.Logging.ClearProviders();
            // One key for all rigs: what one sealed another opens.
            builder.Configuration.AddInMemoryCollection([
                new("Webhooks:AllowedNetworks", "127.0.0.0/8"), new("Webhooks:EncryptionKey", Convert.ToBase64String(new byte[32])), .. settings.Select(s => new KeyValuePair<string, string?>(s.Name, s.Value)),
            ]);
            customise?.Invoke(builder);
        });
        await app.PrepareAsync(folder, default);
        await app.StartAsync();
        return new WebhookRig(app, folder);
    }

    /// <summary>An endpoint at each address; one that is ordered has all its messages of one resource.</summary>
    public async Task<Guid[]> OpenAsync(IEnumerable<Uri> urls, bool enabled, bool ordered = false)
    {
        await using var session = Services.GetRequiredService<IDocumentStore>().LightweightSession();
        var vault = Services.GetRequiredService<SecretVault>();
        var now = Clock.GetUtcNow();
        var endpoints = urls.Select(url =>
        {
            var id = Guid.CreateVersion7(now);
            var terms = new EndpointTerms(url.AbsoluteUri, [], [], null, PayloadForm.Thin, enabled, new Manners(null, ordered, false));
            return WebhookEndpoint.Open(id, null, terms, WebhookKey.V1, vault.Seal(id, WebhookKey.Generate(WebhookKey.V1).Secret), now);
        }).ToArray();
        session.Store(endpoints);
        await session.SaveChangesAsync();
        if (ordered) _ordered.UnionWith(endpoints.Select(e => e.Id));
        return [.. endpoints.Select(e => e.Id)];
    }

    public async Task EnableAsync(IEnumerable<Guid> endpoints, bool enabled = true)
    {
        await using var session = Services.GetRequiredService<IDocumentStore>().LightweightSession();
        foreach (var endpoint in await session.LoadManyAsync<WebhookEndpoint>(endpoints.ToArray()))
        {
            endpoint.Change(new EndpointTerms(endpoint.Url, endpoint.EventTypes, endpoint.Channels, endpoint.Description, endpoint.Payload, enabled, endpoint.Manners), Clock.GetUtcNow());
            session.Store(endpoint);
        }

        await session.SaveChangesAsync();
    }

    /// <summary>So many messages, each to all of these endpoints. Answers their ids.</summary>
    public async Task<List<string>> SayAsync(int messages, Guid[] endpoints, int bodyBytes = 1024)
    {
        var ids = new List<string>();
        for (var i = 0; i < messages; i += 50)
        {
            await using var scope = Services.CreateAsyncScope();
            var announcer = scope.ServiceProvider.GetRequiredService<Announcer>();
            for (var j = i; j < Math.Min(messages, i + 50); j++)
            {
                ids.Add(announcer.Announce(new Announcement(EventTypes.Test, endpoints[0], Clock.GetUtcNow(), new { text = new string('x', bodyBytes - 90) }), endpoints, [.. endpoints.Where(_ordered.Contains)]));
            }

            await scope.ServiceProvider.GetRequiredService<IDocumentSession>().SaveChangesAsync();
        }

        return ids;
    }

    public async Task<T> ScalarAsync<T>(string sql)
    {
        await using var command = Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
