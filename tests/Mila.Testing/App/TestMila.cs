using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Mila.BuildingBlocks.Documents;
using Mila.BuildingBlocks.Hosting;
using Mila.BuildingBlocks.Outbox;
using Mila.BuildingBlocks.Security;
using Mila.Host;
using Mila.Testing.Postgres;
using Npgsql;
using Shouldly;
using Xunit;

namespace Mila.Testing.App;

/// <summary>The whole application on a database of its own and a clock that stands still.</summary>
public class TestMila(TestPostgres postgres) : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mila-test-").FullName;
    private static readonly SemaphoreSlim Gate = new(1, 1);
    private static (string Database, string AdminKey)? _template;
    private WebApplication? _app;
    private Uri? _address;
    private string _adminKey = "";

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 3, 9, 18, 0, 0, TimeSpan.Zero));

    public IServiceProvider Services => _app!.Services;

    public string ConnectionString { get; private set; } = "";

    protected virtual IEnumerable<KeyValuePair<string, string?>> Settings => [new("Outbox:Dispatchers", "0"), new("Webhooks:Deliver", "false"), new("Webhooks:AllowedNetworks", "127.0.0.0/8")];

    protected virtual TimeProvider Time => Clock;

    public virtual async ValueTask InitializeAsync()
    {
        var template = await TemplateAsync(postgres);
        ConnectionString = await postgres.CreateDatabaseAsync(template.Database);
        _app = Build(_folder, ConnectionString, builder =>
        {
            builder.Configuration.AddInMemoryCollection(Settings);
            builder.Services.AddSingleton(Time);
            Customise(builder);
        });
        await _app.Services.GetRequiredService<SigningKey>().LoadAsync(_app.Services.GetRequiredService<NpgsqlDataSource>(), default);
        await _app.StartAsync();
        _address = new Uri($"http://127.0.0.1:{new Uri(_app.Urls.First().Replace("[::]", "localhost", StringComparison.Ordinal)).Port}");
        _adminKey = template.AdminKey;
    }

    protected virtual void Customise(WebApplicationBuilder builder)
    {
    }

    /// <summary>Where it listens.</summary>
    public Uri Address => _address!;

    /// <summary>The administrator's key.</summary>
    public string AdminKey => _adminKey;

    /// <summary>The folder that the host was given.</summary>
    public string Folder => _folder;

    private static WebApplication Build(string folder, string connectionString, Action<WebApplicationBuilder> customise) =>
        MilaApp.Build(new HostSettings(0, folder, Import: false, Demo: false), connectionString, builder =>
        {
            builder.Logging.ClearProviders();
            builder.Configuration.AddInMemoryCollection([new("RateLimits:KeyPerMinute", "0"), new("RateLimits:AnonymousPerMinute", "0"), new("RateLimits:FormPerMinute", "0")]);
            builder.Services.AddSingleton<SeenStatuses>().AddSingleton<Microsoft.AspNetCore.Hosting.IStartupFilter>(s => s.GetRequiredService<SeenStatuses>());
            customise(builder);
        });

    /// <summary>The schema is made once a test program and copied for each class: a copy takes a tenth of the time.</summary>
    private static async Task<(string Database, string AdminKey)> TemplateAsync(TestPostgres postgres)
    {
        await Gate.WaitAsync();
        try
        {
            if (_template is { } made) return made;

            var folder = Directory.CreateTempSubdirectory("mila-test-").FullName;
            var database = await postgres.CreateDatabaseAsync();
            await using (var app = Build(folder, database, _ => { })) await app.PrepareAsync(folder, default);
            var key = (await File.ReadAllTextAsync(Path.Combine(folder, FirstAdministrator.FileName))).Trim();
            Directory.Delete(folder, recursive: true);
            NpgsqlConnection.ClearAllPools();
            _template = (database, key);
            return (database, key);
        }
        finally
        {
            Gate.Release();
        }
    }

    public HttpClient Anonymous() => new() { BaseAddress = _address };

    public HttpClient Admin() => With(_adminKey);

    public async Task<HttpClient> KeyAsync(Guid? partnerId, params string[] scopes)
    {
        using var admin = Admin();
        using var answer = await admin.PostAsJsonAsync("/v1/api-keys", new { name = "test", scopes, partnerId });
        answer.EnsureSuccessStatusCode();
        return With((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("key").GetString()!);
    }

    /// <summary>Another host on the same database, with the same settings and clock.</summary>
    public async Task<(IAsyncDisposable Host, HttpClient Anonymous)> StartAnotherAsync()
    {
        var app = Build(_folder, ConnectionString, builder =>
        {
            builder.Configuration.AddInMemoryCollection(Settings);
            builder.Services.AddSingleton(Time);
            Customise(builder);
        });
        await app.Services.GetRequiredService<SigningKey>().LoadAsync(app.Services.GetRequiredService<NpgsqlDataSource>(), default);
        await app.StartAsync();
        return (app, new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{new Uri(app.Urls.First().Replace("[::]", "localhost", StringComparison.Ordinal)).Port}") });
    }

    public Task DrainAsync() => Services.GetRequiredService<OutboxDispatcher>().DrainAsync();

    public async ValueTask DisposeAsync()
    {
        IReadOnlyList<string> surprises = _app is null ? [] : await _app.Services.GetRequiredService<SeenStatuses>().NotDeclaredAsync(this);
        if (_app is not null) await _app.DisposeAsync();
        await postgres.DropDatabaseAsync(ConnectionString);
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
        surprises.ShouldBeEmpty("These answers are not in the contract: declare them with ProducesProblems or Produces.");
    }

    private HttpClient With(string key)
    {
        var client = Anonymous();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return client;
    }
}
