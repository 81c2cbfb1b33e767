using System.Net.Sockets;
using Mila.Host.CommandLine;
using Npgsql;

namespace Mila.Host.Database;

/// <summary>The database that the host uses: the one of <c>ConnectionStrings__Mila</c>, or else a private server.</summary>
internal sealed class DatabaseSource : IAsyncDisposable
{
    private const string Setting = "ConnectionStrings__Mila";
    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(8);

    /// <summary>How long a command waits for a host that is on its way up or down.</summary>
    private static readonly TimeSpan NeighbourLimit = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan NeighbourPause = TimeSpan.FromMilliseconds(200);

    private readonly PrivatePostgres? _private;

    private DatabaseSource(string connectionString, PrivatePostgres? @private) => (ConnectionString, _private) = (connectionString, @private);

    /// <summary>How to reach it.</summary>
    internal string ConnectionString { get; }

    /// <summary>Fails with an <see cref="OperatorException"/> when a private server is lost for good; of another server it never ends.</summary>
    internal Task Watch => _private?.Watch ?? Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System);

    /// <summary>Opens the database, and starts the private server when no other is named.</summary>
    /// <param name="configuration">Where the connection string is looked up.</param>
    /// <param name="dataFolder">The data folder of the host; made when missing.</param>
    /// <param name="logger">Told about recoveries.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="OperatorException">The connection string is malformed or its server does not let us in (told within 10 seconds), or the private server does not start.</exception>
    internal static async Task<DatabaseSource> OpenAsync(IConfiguration configuration, string dataFolder, ILogger logger, CancellationToken ct)
    {
        var named = configuration.GetConnectionString("Mila");
        if (string.IsNullOrWhiteSpace(named))
        {
            var started = await PrivatePostgres.StartAsync(new PrivatePostgresOptions(dataFolder), logger, ct);
            return new DatabaseSource(started.ConnectionString, started);
        }

        var folder = await DataFolder.OpenAsync(dataFolder, ct);
        if (!folder.HasVersion) await folder.RecordVersionAsync(null, ct);
        await CheckAsync(named, ct);
        return new DatabaseSource(named, null);
    }

    /// <summary>The same for a command that may work beside a host: when one lives on the data folder, its private server is used and left running.</summary>
    /// <inheritdoc cref="OpenAsync" />
    internal static async Task<DatabaseSource> OpenBesideAsync(IConfiguration configuration, string dataFolder, ILogger logger, CancellationToken ct)
    {
        var clock = TimeProvider.System;
        var began = clock.GetTimestamp();
        while (true)
        {
            try
            {
                return await OpenAsync(configuration, dataFolder, logger, ct);
            }
            catch (OperatorException inUse) when (inUse.ExitCode == ExitCode.FolderInUse)
            {
                if (await RunningPostgres.FindAsync(Path.GetFullPath(dataFolder), ct) is { } running) return new DatabaseSource(running, null);
                if (clock.GetElapsedTime(began) > NeighbourLimit) throw;
            }

            await Task.Delay(NeighbourPause, clock, ct);
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_private is not null) await _private.DisposeAsync();
    }

    private static async Task CheckAsync(string connectionString, CancellationToken ct)
    {
        var server = Parse(connectionString);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(ConnectLimit);
        try
        {
            await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false });
            await using var connection = await source.OpenConnectionAsync(limit.Token);
            if (connection.PostgreSqlVersion.Major < PostgresBinaries.OldestMajor)
            {
                throw new OperatorException($"{Setting}: {server.Host} runs PostgreSQL {connection.PostgreSqlVersion.Major}, and {PostgresBinaries.OldestMajor} or newer is needed.", ExitCode.DatabaseUnusable);
            }
        }
        catch (PostgresException refused)
        {
            throw new OperatorException($"{Setting}: {Explain(refused.SqlState, server)}", ExitCode.DatabaseUnusable);
        }
        catch (Exception silent) when (silent is NpgsqlException or SocketException or TimeoutException || (silent is OperationCanceledException && !ct.IsCancellationRequested))
        {
            throw new OperatorException($"{Setting}: no PostgreSQL answers at {server.Host}, port {server.Port}.", ExitCode.DatabaseUnusable);
        }
        catch (Exception malformed) when (malformed is ArgumentException or InvalidOperationException or NotSupportedException)
        {
            throw Malformed();
        }
    }

    private static NpgsqlConnectionStringBuilder Parse(string connectionString)
    {
        try
        {
            var server = new NpgsqlConnectionStringBuilder(connectionString);
            return string.IsNullOrWhiteSpace(server.Host) ? throw Malformed() : server;
        }
        catch (Exception malformed) when (malformed is ArgumentException or FormatException or OverflowException)
        {
            throw Malformed();
        }
    }

    /// <summary>Npgsql's own message would quote the part that it does not understand, and a password with a semicolon is such a part.</summary>
    private static OperatorException Malformed() =>
        new($"{Setting} is not a connection string of the form Host=…;Port=…;Database=…;Username=…;Password=….", ExitCode.DatabaseUnusable);

    private static string Explain(string sqlState, NpgsqlConnectionStringBuilder server) => sqlState switch
    {
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification => $"{server.Host} does not let {server.Username} in with this password.",
        PostgresErrorCodes.InvalidCatalogName => $"{server.Host} has no database {server.Database ?? server.Username}.",
        PostgresErrorCodes.InsufficientPrivilege => $"{server.Username} may not use the database {server.Database ?? server.Username} of {server.Host}.",
        PostgresErrorCodes.TooManyConnections => $"{server.Host} has no connection left.",
        PostgresErrorCodes.CannotConnectNow => $"{server.Host} is starting or stopping.",
        _ => $"{server.Host} refuses the connection (SQLSTATE {sqlState}).",
    };
}
