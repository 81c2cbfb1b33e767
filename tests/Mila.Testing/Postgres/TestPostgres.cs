using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Mila.Host.CommandLine;
using Mila.Host.Database;
using Npgsql;
using Testcontainers.PostgreSql;
using Xunit;

namespace Mila.Testing.Postgres;

/// <summary>
/// The PostgreSQL of a test run: the server of <c>MILA_TEST_POSTGRES</c> (a connection string that may create databases) if set, else a private server
/// from the installed programs, else a container. Says which on standard error. Made for <c>[assembly: AssemblyFixture(typeof(TestPostgres))]</c>.
/// </summary>
public sealed class TestPostgres : IAsyncLifetime
{
    /// <summary>The environment variable that names a server.</summary>
    public const string Variable = "MILA_TEST_POSTGRES";

    private const string Image = "postgres:17-alpine";
    private const string Prefix = "mila_test_";

    private readonly List<string> _databases = [];
    private readonly Lock _gate = new();
    private IAsyncDisposable? _server;
    private NpgsqlDataSource? _admin;
    private string _connectionString = "";

    /// <summary>Starts or finds the server.</summary>
    public async ValueTask InitializeAsync()
    {
        (_connectionString, var origin) = await FindServerAsync();
        _admin = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(_connectionString) { MaxPoolSize = 4 });
        await Console.Error.WriteLineAsync($"Tests use PostgreSQL {await ScalarAsync("show server_version")}: {origin}.");
    }

    /// <summary>Makes a database of its own for a test class.</summary>
    /// <param name="template">The name of a database, or a connection string to one, that this server holds: the new one starts as its copy. Sessions that are open in it are ended.</param>
    /// <returns>A connection string to the new database, which is dropped with the fixture.</returns>
    public async Task<string> CreateDatabaseAsync(string? template = null)
    {
        var name = Prefix + Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString("N");
        lock (_gate) _databases.Add(name);

        if (template is null)
        {
            await ExecuteAsync($"create database {name}");
        }
        else
        {
            var source = template.Contains('=', StringComparison.Ordinal) ? new NpgsqlConnectionStringBuilder(template).Database! : template;
            await ExecuteAsync(EndSessionsOf(source));
            await ExecuteAsync($"create database {name} template \"{source.Replace("\"", "\"\"", StringComparison.Ordinal)}\"");
        }

        // Every test class has a pool of its own, and the server has 200 connections for all.
        return new NpgsqlConnectionStringBuilder(_connectionString) { Database = name, MaxPoolSize = 20, IncludeErrorDetail = true }.ConnectionString;
    }

    /// <summary>Drops a database before the end of the run.</summary>
    public async Task DropDatabaseAsync(string connectionString)
    {
        var name = new NpgsqlConnectionStringBuilder(connectionString).Database!;
        bool ours;
        lock (_gate) ours = _databases.Remove(name);
        if (ours) await DropAsync(name);
    }

    private async Task DropAsync(string name)
    {
        await ExecuteAsync(EndSessionsOf(name));
        await ExecuteAsync($"drop database if exists {name}");
    }

    /// <summary>
    /// Ends the sessions of this role alone: the server's own vacuum may be in the database too, which only a superuser may end (so no <c>with (force)</c>,
    /// which would be refused), and which "create database" and "drop database" send away themselves.
    /// </summary>
    private static string EndSessionsOf(string database) =>
        $"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{database.Replace("'", "''", StringComparison.Ordinal)}' and usename = current_user";

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_admin is not null)
        {
            // A private server's databases go with its folder or are emptied out at its next start; dropping them one by one costs seconds.
            if (_server is null) foreach (var name in _databases) await DropAsync(name);
            await _admin.DisposeAsync();
        }

        if (_server is not null) await _server.DisposeAsync();
    }

    private async Task<(string ConnectionString, string Origin)> FindServerAsync()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named) return (named, $"the server of {Variable}");

        if (await PostgresBinaries.FindAllAsync(CancellationToken.None) is [var binaries, ..])
        {
            var postgres = await StartPrivateAsync();
            _server = postgres;
            return (postgres.ConnectionString, $"a private server from {binaries.Folder}");
        }

        var container = new PostgreSqlBuilder(Image).WithCommand("-c", "fsync=off", "-c", "max_connections=200").Build();
        _server = container;
        await container.StartAsync();
        return (container.GetConnectionString(), $"a container of {Image}");
    }

    /// <summary>
    /// The folder is the same at every run of the same assembly: the second run needs no initdb, and a server that a killed run left behind is found and
    /// stopped. A run beside another of the same assembly takes a folder of its own.
    /// </summary>
    private static async Task<PrivatePostgres> StartPrivateAsync()
    {
        var place = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(AppContext.BaseDirectory + Environment.UserName)))[..16];
        var folder = $"/tmp/mila-tests-{place}";
        try
        {
            var postgres = await PrivatePostgres.StartAsync(Options(folder), NullLogger.Instance, CancellationToken.None);
            await DropLeftoversAsync(postgres.ConnectionString);
            return postgres;
        }
        catch (OperatorException inUse) when (inUse.ExitCode is ExitCode.FolderInUse or ExitCode.FolderUnusable or ExitCode.ServerUnavailable)
        {
            var own = Path.Combine("/tmp", "mila-tests-" + Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString("N"));
            return await PrivatePostgres.StartAsync(Options(own), NullLogger.Instance, CancellationToken.None);
        }
    }

    private static PrivatePostgresOptions Options(string folder) => new(folder) { Durable = false };

    private static async Task DropLeftoversAsync(string connectionString)
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false });
        var names = new List<string>();
        await using (var command = source.CreateCommand($"select datname from pg_database where starts_with(datname, '{Prefix}')"))
        await using (var reader = await command.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync()) names.Add(reader.GetString(0));
        }

        foreach (var sql in names.SelectMany(name => new[] { EndSessionsOf(name), $"drop database {name}" }))
        {
            await using var command = source.CreateCommand(sql);
            await command.ExecuteNonQueryAsync();
        }
    }

    private async Task<object?> ScalarAsync(string sql)
    {
        await using var command = (_admin ?? throw new InvalidOperationException("The fixture was not initialised.")).CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }

    private Task ExecuteAsync(string sql) => ScalarAsync(sql);
}
