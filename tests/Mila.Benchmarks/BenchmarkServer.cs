using Microsoft.Extensions.Logging.Abstractions;
using Mila.Host.Database;
using Npgsql;

namespace Mila.Benchmarks;

/// <summary>The PostgreSQL of a benchmark: the one that was named, or a private one that waits for its disk and is removed at the end.</summary>
internal sealed class BenchmarkServer : IAsyncDisposable
{
    private readonly List<string> _databases = [];
    private readonly string _connectionString;
    private readonly PrivatePostgres? _private;
    private readonly string? _folder;

    private BenchmarkServer(string connectionString, PrivatePostgres? server = null, string? folder = null) => (_connectionString, _private, _folder) = (connectionString, server, folder);

    public static async Task<BenchmarkServer> FindAsync(string? connectionString)
    {
        if (connectionString is not null) return new BenchmarkServer(connectionString);

        var folder = Path.Combine("/tmp", "mila-bench-" + NewName());
        var postgres = await PrivatePostgres.StartAsync(new PrivatePostgresOptions(folder), NullLogger.Instance, default);
        return new BenchmarkServer(postgres.ConnectionString, postgres, folder);
    }

    /// <summary>An empty database, dropped at the end.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        var name = "mila_bench_" + NewName();
        await ExecuteAsync($"create database {name}");
        _databases.Add(name);
        return new NpgsqlConnectionStringBuilder(_connectionString) { Database = name }.ConnectionString;
    }

    public async ValueTask DisposeAsync()
    {
        // A private server goes with all that it has; and while it cleans a table it lets nobody drop the database.
        if (_private is null) foreach (var name in _databases) await ExecuteAsync($"drop database {name} with (force)");
        else await _private.DisposeAsync();
        if (_folder is not null) Directory.Delete(_folder, recursive: true);
    }

    private static string NewName() => Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString("N");

    private async Task ExecuteAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(_connectionString) { Pooling = false });
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
