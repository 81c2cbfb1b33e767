using Marten;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Mila.BuildingBlocks.Documents;
using Mila.BuildingBlocks.Hosting;
using Mila.BuildingBlocks.Outbox;
using Npgsql;

namespace Mila.Testing.Outbox;

/// <summary>A host of the trial module alone, without HTTP: the outbox as every host runs it.</summary>
internal sealed class TrialHost : IAsyncDisposable
{
    private const int Connections = 40;

    private readonly IHost _host;

    private TrialHost(IHost host) => _host = host;

    public IServiceProvider Services => _host.Services;

    public Interference Interference => Services.GetRequiredService<Interference>();

    public NpgsqlDataSource Database => Services.GetRequiredService<NpgsqlDataSource>();

    /// <summary>Makes the tables.</summary>
    public static async Task PrepareAsync(string connectionString)
    {
        await using var host = Build(connectionString, "setup", TimeProvider.System, options => options.Dispatchers = 0);
        await host.Services.GetRequiredService<MilaDatabase>().MigrateAsync(default);
    }

    /// <summary>Starts a host on a database that has the tables.</summary>
    /// <param name="connectionString">The database, which many hosts may share.</param>
    /// <param name="name">Which host, as the effects of its handlers tell.</param>
    /// <param name="clock">Its clock.</param>
    /// <param name="configure">Its settings; without dispatchers, only <see cref="DrainAsync"/> serves.</param>
    /// <param name="connections">How many it may have.</param>
    public static async Task<TrialHost> StartAsync(
        string connectionString, string name = "one", TimeProvider? clock = null, Action<OutboxOptions>? configure = null, int connections = Connections)
    {
        var host = Build(connectionString, name, clock ?? TimeProvider.System, configure ?? (_ => { }), connections);
        await host._host.StartAsync();
        return host;
    }

    private static TrialHost Build(string connectionString, string name, TimeProvider clock, Action<OutboxOptions> configure, int connections = Connections)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton(clock);
        builder.Services.AddSingleton<Interference>();
        var named = new NpgsqlConnectionStringBuilder(connectionString) { ApplicationName = name, MaxPoolSize = connections };
        builder.Services.AddPlatform(builder.Configuration, named.ConnectionString, Path.GetTempPath(), [new TrialModule()]);
        builder.Services.Configure(configure);

        // No routes here, and so nothing that looks after them.
        var others = builder.Services.Where(s => s.ServiceType == typeof(IHostedService) && s.ImplementationFactory is null).ToArray();
        foreach (var other in others) builder.Services.Remove(other);
        return new TrialHost(builder.Build());
    }

    public Task DrainAsync() => Services.GetRequiredService<OutboxDispatcher>().DrainAsync();

    /// <summary>One transaction of a session of its own.</summary>
    public async Task WriteAsync(Func<IDocumentSession, Task> write)
    {
        await using var scope = Services.CreateAsyncScope();
        var session = scope.ServiceProvider.GetRequiredService<IDocumentSession>();
        await write(session);
        await session.SaveChangesAsync();
    }

    /// <summary>The same, rolled back after everything was written and before the commit.</summary>
    public async Task WriteAndRollBackAsync(Func<IDocumentSession, Task> write)
    {
        await using var connection = await Database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await WriteWithinAsync(transaction, write);
        await transaction.RollbackAsync();
    }

    /// <summary>The same, in a transaction that the caller ends.</summary>
    public async Task WriteWithinAsync(NpgsqlTransaction transaction, Func<IDocumentSession, Task> write)
    {
        await using var scope = Services.CreateAsyncScope();
        var ambient = scope.ServiceProvider.GetRequiredService<AmbientTransaction>();
        ambient.Transaction = transaction;
        var session = scope.ServiceProvider.GetRequiredService<IDocumentSession>();
        await write(session);
        await session.SaveChangesAsync();
        await OutboxInsert.WriteAsync(transaction.Connection!, ambient.TakeRows(), Services.GetRequiredService<IOptions<OutboxOptions>>().Value.LocksBuckets, default);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        if (_host is IAsyncDisposable disposable) await disposable.DisposeAsync();
        else _host.Dispose();
    }
}
