using Mila.Host.CommandLine;

namespace Mila.Host.Database;

/// <summary>How to run a private server.</summary>
/// <param name="DataFolder">The data folder of the host; made when missing.</param>
internal sealed record PrivatePostgresOptions(string DataFolder)
{
    /// <summary>Whether a commit waits for the disk. False is for tests: a power cut may then destroy the database.</summary>
    public bool Durable { get; init; } = true;

    /// <summary>Times waits and watches.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}

/// <summary>
/// A PostgreSQL server of our own: started from the installed programs, reached through a socket only, stopped with us. If it dies while we live it is
/// started again; if we die it survives and the next host on the folder stops it and starts afresh, so that settings are always the host's own and no
/// session or lock of the dead host is inherited. PostgreSQL's own recovery brings back every commit in either case.
/// </summary>
internal sealed class PrivatePostgres : IAsyncDisposable
{
    private static readonly TimeSpan WatchPeriod = TimeSpan.FromMilliseconds(200);

    private readonly string _folder;
    private readonly PostgresCluster _cluster;
    private readonly List<FolderLock> _locks;
    private readonly ILogger _logger;
    private readonly TimeProvider _clock;
    private readonly CancellationTokenSource _disposing = new();
    private Task _watch = Task.CompletedTask;

    private PrivatePostgres(string folder, PostgresCluster cluster, List<FolderLock> locks, ILogger logger, TimeProvider clock) =>
        (_folder, _cluster, _locks, _logger, _clock) = (folder, cluster, locks, logger, clock);

    /// <summary>How to reach the database.</summary>
    internal string ConnectionString => _cluster.ConnectionString;

    /// <summary>Fails with an <see cref="OperatorException"/> when the server died and could not be started again.</summary>
    internal Task Watch => _watch;

    /// <summary>Starts the server, on new or existing data.</summary>
    /// <param name="options">Where and how.</param>
    /// <param name="logger">Told about recoveries.</param>
    /// <param name="ct">Gives up and leaves no process behind.</param>
    /// <exception cref="OperatorException">The folder is in use, unusable or of a newer version, or the server does not start.</exception>
    internal static async Task<PrivatePostgres> StartAsync(PrivatePostgresOptions options, ILogger logger, CancellationToken ct)
    {
        if (OperatingSystem.IsWindows()) throw new OperatorException("a private PostgreSQL needs Linux or macOS: set ConnectionStrings__Mila.", ExitCode.ServerUnavailable);

        var folder = await DataFolder.OpenAsync(options.DataFolder, ct);
        var locks = new List<FolderLock> { FolderLock.Take(folder.FullPath) };
        PrivatePostgres? postgres = null;
        try
        {
            var account = await UnprivilegedAccount.FindAsync(ct);
            var home = await ClusterHome.FindAsync(folder, account, logger, ct);
            // A copied data folder names the same database elsewhere as its original does.
            if (File.Exists(ClusterHome.PointerOf(folder))) locks.Add(FolderLock.Take(home));

            var exists = PostgresCluster.ExistsIn(home);
            var binaries = await PostgresBinaries.PickAsync(exists ? folder.PostgresMajor : null, ct);
            if (!exists) await folder.RecordVersionAsync(binaries.Major, ct);

            var cluster = new PostgresCluster(home, binaries, account, options.Durable, options.Clock);
            postgres = new PrivatePostgres(folder.FullPath, cluster, locks, logger, options.Clock);
            await postgres.StartAsync(exists, ct);
            return postgres;
        }
        catch (Exception refused)
        {
            if (postgres is not null) await postgres.DisposeAsync();
            else locks.ForEach(held => held.Dispose());
            if (refused is IOException or UnauthorizedAccessException) throw Unusable(folder.FullPath, refused);
            throw;
        }
    }

    /// <summary>Stops the server and gives the folder back.</summary>
    public async ValueTask DisposeAsync()
    {
        await _disposing.CancelAsync();
        await _watch.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        RunningPostgres.Withdraw(_folder);
        await _cluster.StopAsync(CancellationToken.None);
        _locks.ForEach(held => held.Dispose());
        _disposing.Dispose();
    }

    private static OperatorException Unusable(string folder, Exception refused) =>
        new($"the data folder {folder} cannot be used: {refused.Message}", ExitCode.FolderUnusable);

    private async Task StartAsync(bool exists, CancellationToken ct)
    {
        if (!exists) await _cluster.InitialiseAsync(ct);

        if (_cluster.Survivor is { } survivor)
        {
            _logger.LogWarning("A PostgreSQL server (process {Process}) outlived its host; it is stopped and started again.", survivor);
            await _cluster.StopAsync(ct);
        }

        await _cluster.StartAsync(ct);
        await RunningPostgres.AnnounceAsync(_folder, ConnectionString, ct);
        _watch = WatchAsync(_disposing.Token);
    }

    private async Task WatchAsync(CancellationToken ct)
    {
        using var timer = new PeriodicTimer(WatchPeriod, _clock);
        while (await timer.WaitForNextTickAsync(ct))
        {
            if (_cluster.IsRunning) continue;

            _logger.LogError("PostgreSQL ended by itself; it is started again.");
            try
            {
                await _cluster.StartAsync(ct);
                await RunningPostgres.AnnounceAsync(_folder, ConnectionString, ct);
            }
            catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
            {
                throw Unusable(_folder, refused);
            }

            _logger.LogInformation("PostgreSQL serves again.");
        }
    }
}
