using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Npgsql;

namespace Mila.Host.Tests.Running;

/// <summary>The built host as a process of its own, as an operator runs it.</summary>
internal sealed class HostProcess : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(5) };

    private readonly Process _process;
    private readonly StringBuilder _error = new();
    private readonly StringBuilder _output = new();

    private HostProcess(Process process, int port) => (_process, Port) = (process, port);

    public int Id => _process.Id;

    public int Port { get; }

    /// <summary>What it wrote to standard error so far.</summary>
    public string Error
    {
        get
        {
            lock (_error) return _error.ToString();
        }
    }

    public string Output
    {
        get
        {
            lock (_output) return _output.ToString();
        }
    }

    /// <summary>A port that nobody listens on.</summary>
    public static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    /// <summary>Starts a serving host on a folder; it may not be ready yet.</summary>
    public static HostProcess Serve(string folder, string? connectionString = null) => ServeOn(FreePort(), folder, connectionString);

    /// <summary>Starts a serving host on a port.</summary>
    public static HostProcess ServeOn(int port, string folder, string? connectionString = null) =>
        Start(port, connectionString, ["--port", port.ToString(CultureInfo.InvariantCulture), "--data", folder, "--no-import"]);

    /// <summary>Starts a serving host that imports the 2026 programme and the fictitious members.</summary>
    public static HostProcess ServeDemo(string folder)
    {
        var port = FreePort();
        return Start(port, null, ["--port", port.ToString(CultureInfo.InvariantCulture), "--data", folder, "--demo"]);
    }

    /// <summary>Starts a serving host as somebody does who says nothing: a new database gets the 2026 programme.</summary>
    public static HostProcess ServePlainly(string folder)
    {
        var port = FreePort();
        return Start(port, null, ["--port", port.ToString(CultureInfo.InvariantCulture), "--data", folder]);
    }

    /// <summary>Starts a serving host on a folder and a database, with a setting of the environment.</summary>
    public static HostProcess ServeWith(string name, string value, string folder, string connectionString)
    {
        var port = FreePort();
        return Start(port, connectionString, ["--port", port.ToString(CultureInfo.InvariantCulture), "--data", folder, "--no-import"], (name, value));
    }

    /// <summary>Starts the host with these arguments on a database.</summary>
    public static HostProcess RunOn(string connectionString, params string[] arguments) => Start(0, connectionString, arguments);

    /// <summary>A client that holds a key.</summary>
    public HttpClient Client(string key) => new() { BaseAddress = new Uri($"http://127.0.0.1:{Port}"), DefaultRequestHeaders = { Authorization = new("Bearer", key) } };

    /// <summary>Starts the host with these arguments.</summary>
    public static HostProcess Run(params string[] arguments) => Start(0, null, arguments);

    /// <summary>Waits until <c>/health/ready</c> answers 200.</summary>
    public async Task<HostProcess> ReadyAsync()
    {
        using var limit = new CancellationTokenSource(Limit);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(30));
        while (!await IsReadyAsync())
        {
            if (_process.HasExited) throw new InvalidOperationException($"The host ended with {_process.ExitCode}: {Error}");
            await timer.WaitForNextTickAsync(limit.Token);
        }

        return this;
    }

    /// <summary>Waits for a line on standard output and gives it.</summary>
    public async Task<string> FirstLineAsync()
    {
        using var limit = new CancellationTokenSource(Limit);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!Output.Contains('\n', StringComparison.Ordinal)) await timer.WaitForNextTickAsync(limit.Token);
        return Output.Split('\n')[0];
    }

    /// <summary>Sends a signal such as TERM or KILL.</summary>
    public void Signal(string name) => Signals.Send(Id, name);

    /// <summary>Waits for its end.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> EndAsync()
    {
        using var limit = new CancellationTokenSource(Limit);
        await _process.WaitForExitAsync(limit.Token);
        return _process.ExitCode;
    }

    /// <summary>Ends it as an operator does, and waits.</summary>
    public async Task<int> StopAsync()
    {
        Signal("TERM");
        return await EndAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) await StopAsync();
        _process.Dispose();
    }

    private static HostProcess Start(int port, string? connectionString, string[] arguments, params (string Name, string Value)[] settings)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Mila.Host.dll"), .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        start.Environment.Remove("ConnectionStrings__Mila");
        foreach (var (name, value) in settings) start.Environment[name] = value;
        if (connectionString is not null) start.Environment["ConnectionStrings__Mila"] = connectionString;

        var host = new HostProcess(new Process { StartInfo = start }, port);
        host._process.ErrorDataReceived += (_, line) => Append(host._error, line.Data);
        host._process.OutputDataReceived += (_, line) => Append(host._output, line.Data);
        host._process.Start();
        host._process.BeginErrorReadLine();
        host._process.BeginOutputReadLine();
        return host;
    }

    private static void Append(StringBuilder text, string? line)
    {
        if (line is null) return;
        lock (text) text.Append(line).Append('\n');
    }

    private async Task<bool> IsReadyAsync()
    {
        try
        {
            using var answer = await Http.GetAsync(new Uri($"http://127.0.0.1:{Port}/health/ready"));
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (Exception notYet) when (notYet is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }
}

/// <summary>A data folder for one test, removed at its end.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly string _root = $"/tmp/mila-host-tests-{Guid.CreateVersion7():N}";

    /// <param name="below">A folder further down, for paths that are hard to live with.</param>
    public TemporaryFolder(string below = "")
    {
        Path = System.IO.Path.Combine(_root, below);
        Directory.CreateDirectory(Path);
    }

    public string Path { get; }

    /// <summary>Where the socket is when the path is too long for one, or holds a comma.</summary>
    public string SocketPointer => System.IO.Path.Combine(Path, "postgres", "run.location");

    public string PidFile => System.IO.Path.Combine(Path, "postgres", "data", "postmaster.pid");

    /// <summary>The first administrator's key.</summary>
    public string AdminKey => File.ReadAllText(System.IO.Path.Combine(Path, "admin.key")).Trim();

    /// <summary>The process id of the private server.</summary>
    public int Postmaster => int.Parse(File.ReadLines(PidFile).First(), CultureInfo.InvariantCulture);

    /// <summary>Connects to the private database of a running host.</summary>
    public NpgsqlDataSource Database() => NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder
    {
        Host = File.Exists(SocketPointer) ? File.ReadAllText(SocketPointer) : System.IO.Path.Combine(Path, "postgres", "run"),
        Database = "mila",
        Username = "mila",
        Password = File.ReadAllText(System.IO.Path.Combine(Path, "postgres", "password")),
        Pooling = false,
    });

    public async Task RememberAsync(string word)
    {
        await using var database = Database();
        await using var command = database.CreateCommand($"create table if not exists words (word text); insert into words values ('{word}')");
        await command.ExecuteNonQueryAsync();
    }

    public async Task<string?> RecallAsync()
    {
        await using var database = Database();
        await using var command = database.CreateCommand("select string_agg(word, ' ') from words");
        return await command.ExecuteScalarAsync() as string;
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);
}

/// <summary>Signals, and what is left of a process.</summary>
internal static class Signals
{
    /// <summary>Whether SIGHUP is ignored here, which a process that we start inherits.</summary>
    public static bool HangUpsAreIgnored =>
        File.Exists("/proc/self/status")
        && File.ReadLines("/proc/self/status").FirstOrDefault(l => l.StartsWith("SigIgn:", StringComparison.Ordinal)) is { } ignored
        && (ulong.Parse(ignored.AsSpan("SigIgn:".Length).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) & 1) == 1;

    public static void Send(int pid, string name)
    {
        using var kill = Process.Start("kill", ["-s", name, pid.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>Whether the process lives; one that ended and waits for its parent does not.</summary>
    public static bool Lives(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            return !process.HasExited && !(File.Exists($"/proc/{pid}/stat") && File.ReadAllText($"/proc/{pid}/stat").Contains(") Z ", StringComparison.Ordinal));
        }
        catch (Exception gone) when (gone is ArgumentException or IOException)
        {
            return false;
        }
    }

    /// <summary>The processes whose working folder is below this one: every process of a server.</summary>
    public static IReadOnlyList<int> ProcessesIn(string folder) =>
        [.. Directory.EnumerateDirectories("/proc")
            .Select(path => int.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out var pid) ? pid : 0)
            .Where(pid => pid > 0 && new FileInfo($"/proc/{pid}/cwd").LinkTarget?.StartsWith(folder, StringComparison.Ordinal) == true)];
}
