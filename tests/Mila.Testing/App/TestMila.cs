using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Mila.BuildingBlocks.Hosting;
using Mila.BuildingBlocks.Outbox;
using Mila.BuildingBlocks.Security;
using Mila.Host;
using Mila.Testing.Postgres;
using Xunit;

namespace Mila.Testing.App;

/// <summary>The whole application on a database of its own and a clock that stands still.</summary>
public class TestMila(TestPostgres postgres) : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mila-test-").FullName;
    private WebApplication? _app;
    private string _adminKey = "";

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 3, 9, 18, 0, 0, TimeSpan.Zero));

    public IServiceProvider Services => _app!.Services;

    public string ConnectionString { get; private set; } = "";

    protected virtual IEnumerable<KeyValuePair<string, string?>> Settings => [new("Outbox:Dispatchers", "0"), new("Webhooks:Deliver", "false"), new("Webhooks:AllowedNetworks", "127.0.0.0/8")];

    protected virtual TimeProvider Time => Clock;

    public async ValueTask InitializeAsync()
    {
        ConnectionString = await postgres.CreateDatabaseAsync();
        _app = MilaApp.Build(new HostSettings(0, _folder, false, false), ConnectionString, builder =>
        {
            builder.WebHost.UseTestServer();
            builder.Configuration.AddInMemoryCollection(Settings);
            builder.Logging.SetMinimumLevel(LogLevel.Warning);
            builder.Services.AddSingleton(Time);
        });
        await _app.PrepareAsync(migrate: true, default);
        await _app.StartAsync();
        await _app.Services.GetRequiredService<FirstAdministrator>().EnsureAsync(_folder, default);
        _adminKey = (await File.ReadAllTextAsync(Path.Combine(_folder, FirstAdministrator.FileName))).Trim();
    }

    public HttpClient Anonymous() => _app!.GetTestClient();

    public HttpClient Admin() => With(_adminKey);

    public async Task<HttpClient> KeyAsync(Guid? partnerId, params string[] scopes)
    {
        using var admin = Admin();
        using var answer = await admin.PostAsJsonAsync("/v1/api-keys", new { name = "test", scopes, partnerId });
        answer.EnsureSuccessStatusCode();
        return With((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("key").GetString()!);
    }

    public Task DrainOutboxAsync() => Services.GetRequiredService<OutboxDispatcher>().DrainAsync();

    public async ValueTask DisposeAsync()
    {
        if (_app is not null) await _app.DisposeAsync();
        await postgres.DropDatabaseAsync(ConnectionString);
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    private HttpClient With(string key)
    {
        var client = _app!.GetTestClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return client;
    }
}
