using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Mila.Host.CommandLine;
using Npgsql;

namespace Mila.Host.Database;

/// <summary>
/// One PostgreSQL cluster on disk and its server process. The folder (<c>home</c>) belongs to the host and holds the configuration and the password;
/// only <c>data</c> and <c>run</c> in it belong to the server's account, so that a broken-in server cannot rewrite what the host reads.
/// </summary>
internal sealed class PostgresCluster
{
    private const string Role = "mila";
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    /// <summary>The longest path of a socket in bytes: 107 on Linux, 103 on macOS and the BSDs.</summary>
    private const int LongestSocketPath = 103;

    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan OrphanLimit = TimeSpan.FromSeconds(3);

    private readonly string _home;
    private readonly PostgresBinaries _binaries;
    private readonly string? _account;
    private readonly bool _durable;
    private readonly TimeProvider _clock;
    private string _password = "";
    private string _socketFolder = "";
    private int? _postmaster;

    /// <summary>A cluster in <paramref name="home"/>, which exists and which <paramref name="account"/> can reach.</summary>
    /// <param name="home">The folder of the cluster.</param>
    /// <param name="binaries">The server programs, of the version that wrote the data.</param>
    /// <param name="account">The account of the server, or null for our own.</param>
    /// <param name="durable">Whether a commit waits for the disk. False only where the data may be lost: in tests.</param>
    /// <param name="clock">Times the start.</param>
    internal PostgresCluster(string home, PostgresBinaries binaries, string? account, bool durable, TimeProvider clock) =>
        (_home, _binaries, _account, _durable, _clock) = (home, binaries, account, durable, clock);

    /// <summary>Whether the server that <see cref="StartAsync"/> started still lives.</summary>
    internal bool IsRunning => _postmaster is { } pid && ServerProcesses.Lives(pid, Data);

    /// <summary>The living server that an earlier host left behind, or null.</summary>
    internal int? Survivor => ServerProcesses.FindPostmaster(Data);

    /// <summary>How to reach the database: a socket that other accounts cannot enter, and a password on top.</summary>
    internal string ConnectionString => new NpgsqlConnectionStringBuilder
    {
        Host = _socketFolder,
        Database = Role,
        Username = Role,
        Password = _password,
    }.ConnectionString;

    private string Data => Path.Combine(_home, "data");

    private string PasswordFile => Path.Combine(_home, "password");

    /// <summary>Where the socket is when the path of the home is too long for one.</summary>
    private string SocketPointer => Path.Combine(_home, "run.location");

    private string StartLog => Path.Combine(Data, "start.log");

    /// <summary>Whether <paramref name="home"/> holds a cluster that was initialised to the end.</summary>
    internal static bool ExistsIn(string home) => Directory.Exists(Path.Combine(home, "data"));

    /// <summary>Makes the cluster, its role and its database. A crash on the way leaves nothing that a later start would take for a cluster.</summary>
    /// <exception cref="OperatorException">PostgreSQL refuses, for instance because the disk is full.</exception>
    internal async Task InitialiseAsync(CancellationToken ct)
    {
        // A new name each time: an initdb that outlived its killed host may still write under the old one.
        foreach (var abandoned in Directory.EnumerateDirectories(_home, "draft-*")) DeleteIfPossible(abandoned);
        var draft = Path.Combine(_home, "draft-" + RandomNumberGenerator.GetHexString(16, lowercase: true));
        await UnprivilegedAccount.MakeFolderAsync(_account, draft, ct);

        _password = RandomNumberGenerator.GetString(Alphabet, 32);
        await Folders.WritePrivateAsync(PasswordFile, _password, ct);

        var made = await InitDbAsync(draft, LocaleOf("C.UTF-8"), ct);
        if (!made.Succeeded) made = await InitDbAsync(draft, ["--locale=C"], ct);
        if (!made.Succeeded) throw new OperatorException($"the database could not be made in {_home}: {made.LastError}", ExitCode.ServerUnavailable);

        // The superuser gets no password and no rule in pg_hba.conf: after this single-user session nobody can log in as it.
        var sql = $"create role {Role} login createdb password '{_password}';\ngrant pg_monitor to {Role};\ncreate database {Role} owner {Role};\n";
        var seeded = await RunAsync(
            _binaries.Postgres,
            ["--single", "-D", draft, "-c", "exit_on_error=on", "-c", "password_encryption=scram-sha-256", "-c", "log_statement=none", "-c", "log_min_error_statement=panic", "postgres"],
            draft,
            sql,
            ct);
        if (!seeded.Succeeded) throw new OperatorException($"the database could not be made in {_home}: {seeded.LastError}", ExitCode.ServerUnavailable);

        Directory.Move(draft, Data);
    }

    /// <summary>Starts the server, recovers what a crash left, and answers when it takes connections.</summary>
    /// <exception cref="OperatorException">It does not start; the message carries the server's own last words.</exception>
    internal async Task StartAsync(CancellationToken ct)
    {
        _password = (await File.ReadAllTextAsync(PasswordFile, ct)).Trim();
        await PrepareSocketFolderAsync(ct);
        await WriteConfigurationAsync(ct);

        var began = _clock.GetTimestamp();
        while (true)
        {
            RemoveTracesOfTheDead();
            var started = await RunAsync(_binaries.PgCtl, ["start", "-w", "-s", "-t", Seconds(StartLimit), "-l", "data/start.log"], _home, "", ct);
            if (started.Succeeded) break;

            // The backends of a postmaster that was killed need a moment to see it, and hold its shared memory until then.
            var refusal = LastWords();
            if (!refusal.Contains("shared memory", StringComparison.Ordinal) || _clock.GetElapsedTime(began) > 2 * OrphanLimit)
            {
                throw new OperatorException($"PostgreSQL did not start: {refusal} (its logs are in {Data})", ExitCode.ServerUnavailable);
            }

            if (_clock.GetElapsedTime(began) > OrphanLimit) ServerProcesses.KillAll(Data);
            await Task.Delay(TimeSpan.FromMilliseconds(100), _clock, ct);
        }

        _postmaster = ServerProcesses.FindPostmaster(Data);
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(ConnectionString) { Pooling = false });
        try
        {
            await using var connection = await source.OpenConnectionAsync(ct);
        }
        catch (NpgsqlException refused)
        {
            throw new OperatorException($"the private PostgreSQL in {_home} refuses its own password file: {refused.Message}", ExitCode.ServerUnavailable);
        }
    }

    /// <summary>Stops the server: open transactions are rolled back and everything is written out. Takes 30 seconds at most; what is then left is killed, which loses nothing committed.</summary>
    internal async Task StopAsync(CancellationToken ct)
    {
        foreach (var (mode, seconds) in new[] { ("fast", "20"), ("immediate", "10") })
        {
            if (Survivor is null) break;
            await RunAsync(_binaries.PgCtl, ["stop", "-w", "-s", "-m", mode, "-t", seconds], Data, "", ct);
        }

        if (Survivor is not null) ServerProcesses.KillAll(Data);
        if (File.Exists(SocketPointer)) RemoveShortSocketFolder();
    }

    private static string Seconds(TimeSpan time) => ((int)time.TotalSeconds).ToString(CultureInfo.InvariantCulture);

    private static void DeleteIfPossible(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (IOException)
        {
            // Somebody writes there still; the next new cluster tries again.
        }
    }

    /// <summary>A value in postgresql.conf.</summary>
    private static string Quote(string value) => "'" + value.Replace("\\", @"\\", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal) + "'";

    private Task<Subprocess.Outcome> InitDbAsync(string folder, string[] locale, CancellationToken ct) => RunAsync(
        _binaries.InitDb,
        ["-D", folder, "-U", "postgres", "-E", "UTF8", .. locale, "--auth=reject", "--data-checksums", .. _durable ? (string[])[] : ["--no-sync"]],
        folder,
        "",
        ct);

    /// <summary>Text compares by code point on every machine: an index never depends on the system's collation tables.</summary>
    private string[] LocaleOf(string name) =>
        _binaries.Major >= 17 ? ["--locale=C", "--locale-provider=builtin", $"--builtin-locale={name}"] : [$"--locale={name}"];

    private Task<Subprocess.Outcome> RunAsync(string program, IEnumerable<string> arguments, string pgdata, string input, CancellationToken ct) =>
        Subprocess.RunAsync(program, arguments, _account, _home, pgdata, input, ct);

    /// <summary>
    /// The server removes a stale lock file itself, unless the process id in it lives again under its account, as some process.
    /// We hold the folder's lock and know that no postmaster works on the data.
    /// </summary>
    private void RemoveTracesOfTheDead()
    {
        if (Survivor is not null) return;

        File.Delete(Path.Combine(Data, "postmaster.pid"));
        File.Delete(StartLog);
        foreach (var file in Directory.EnumerateFiles(_socketFolder, ".s.PGSQL.*")) File.Delete(file);
    }

    private string LastWords()
    {
        if (!File.Exists(StartLog)) return "it said nothing";

        var lines = File.ReadAllLines(StartLog);
        var line = lines.LastOrDefault(line => line.Contains("FATAL:", StringComparison.Ordinal)) ?? lines.LastOrDefault() ?? "it said nothing";
        var at = line.IndexOf("FATAL:", StringComparison.Ordinal);
        return at < 0 ? line : line[(at + "FATAL:".Length)..].Trim();
    }

    /// <summary>One folder for the life of the cluster: pools were given its path, and a server that died and is started again must answer where they dial.</summary>
    private async Task PrepareSocketFolderAsync(CancellationToken ct)
    {
        if (_socketFolder.Length == 0) _socketFolder = await MakeSocketFolderAsync(ct);
        else if (!Directory.Exists(_socketFolder)) await UnprivilegedAccount.MakeFolderAsync(_account, _socketFolder, ct);
    }

    private async Task<string> MakeSocketFolderAsync(CancellationToken ct)
    {
        if (File.Exists(SocketPointer)) RemoveShortSocketFolder();

        // A comma separates folders for PostgreSQL and hosts for Npgsql.
        var near = Path.Combine(_home, "run");
        if (Encoding.UTF8.GetByteCount(near + "/.s.PGSQL.5432") <= LongestSocketPath && !near.Contains(',', StringComparison.Ordinal))
        {
            await UnprivilegedAccount.MakeFolderAsync(_account, near, ct);
            return near;
        }

        var far = await Subprocess.RunAsync("mktemp", ["-d", "/tmp/mila-XXXXXXXXXX"], ct: ct);
        if (!far.Succeeded) throw new OperatorException($"no folder for the database's socket could be made: {far.LastError}", ExitCode.ServerUnavailable);

        var folder = far.Output.Trim();
        await Folders.WritePrivateAsync(SocketPointer, folder, ct);
        await UnprivilegedAccount.MakeFolderAsync(_account, folder, ct);
        return folder;
    }

    private void RemoveShortSocketFolder()
    {
        var folder = File.ReadAllText(SocketPointer).Trim();
        if (folder.StartsWith("/tmp/mila-", StringComparison.Ordinal) && Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        File.Delete(SocketPointer);
    }

    /// <summary>
    /// Rewritten at every start, so that a new Mila brings its settings to old data. Sized for a small machine that also runs the host.
    /// Neither statements nor the values in errors are logged: they hold personal data.
    /// </summary>
    private async Task WriteConfigurationAsync(CancellationToken ct)
    {
        var onOff = _durable ? "on" : "off";
        await WriteReadableAsync("pg_hba.conf", $"local all {Role} scram-sha-256\n", ct);
        await WriteReadableAsync(
            "postgresql.conf",
            $"""
            # Written by Mila at every start.
            data_directory = {Quote(Data)}
            hba_file = {Quote(Path.Combine(_home, "pg_hba.conf"))}
            listen_addresses = ''
            port = 5432
            unix_socket_directories = {Quote(_socketFolder)}
            unix_socket_permissions = 0700
            password_encryption = 'scram-sha-256'
            max_connections = 200
            shared_buffers = '128MB'
            effective_cache_size = '512MB'
            random_page_cost = 1.1
            jit = off
            wal_level = replica
            fsync = {onOff}
            full_page_writes = {onOff}
            synchronous_commit = {onOff}
            autovacuum = on
            timezone = 'UTC'
            log_timezone = 'UTC'
            lc_messages = 'C'
            logging_collector = on
            log_directory = 'log'
            log_filename = 'postgres-%a.log'
            log_rotation_age = '1d'
            log_truncate_on_rotation = on
            log_statement = 'none'
            log_min_error_statement = 'panic'
            log_error_verbosity = 'terse'
            log_checkpoints = off

            """,
            ct);
    }

    private async Task WriteReadableAsync(string name, string text, CancellationToken ct)
    {
        var path = Path.Combine(_home, name);
        await Folders.WritePrivateAsync(path, text, ct);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
    }
}
