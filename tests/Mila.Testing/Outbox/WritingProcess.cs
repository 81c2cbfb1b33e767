using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Mila.Testing.Outbox;

/// <summary>How a <see cref="WritingProcess"/> is to behave.</summary>
/// <param name="ConnectionString">The database.</param>
/// <param name="Name">Which host, as the effects of its handlers tell.</param>
/// <param name="Writers">Writers at a time.</param>
/// <param name="Outside">Wrong on purpose: notifications are written outside the transaction of their deed.</param>
/// <param name="Stays">Its handlers say that they are there, and never leave.</param>
/// <param name="IdleLimit">After which pause the database takes a lane away; zero for never.</param>
internal sealed record WritingOrders(string ConnectionString, string Name, int Writers, bool Outside = false, bool Stays = false, TimeSpan? IdleLimit = null)
{
    /// <summary>First word on the command line of the benchmarks, in whose program such a host lives.</summary>
    public const string Mode = "outbox-writer";

    public static WritingOrders Read(string[] arguments) => new(
        arguments[0], arguments[1], int.Parse(arguments[2], CultureInfo.InvariantCulture), bool.Parse(arguments[3]), bool.Parse(arguments[4]),
        arguments[5].Length == 0 ? null : TimeSpan.Parse(arguments[5], CultureInfo.InvariantCulture));

    public string[] Written() =>
        [ConnectionString, Name, Writers.ToString(CultureInfo.InvariantCulture), Outside.ToString(), Stays.ToString(), IdleLimit?.ToString("c", CultureInfo.InvariantCulture) ?? ""];
}

/// <summary>A host of the trial module as a process of its own, whose writers write until it is killed.</summary>
internal sealed class WritingProcess : IAsyncDisposable
{
    /// <summary>What the process says once its dispatchers run.</summary>
    public const string Ready = "ready";

    /// <summary>What it says from within a handler that it will not leave.</summary>
    public const string Staying = "staying";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly ConcurrentBag<Guid> _acknowledged = [];
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _staying = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _enough = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _wanted = int.MaxValue;

    private WritingProcess(Process process) => _process = process;

    /// <summary>Deeds whose commit has returned, as far as their lines came out before the end.</summary>
    public IReadOnlyCollection<Guid> Acknowledged => _acknowledged;

    /// <summary>Starts it; its dispatchers run, its writers wait.</summary>
    public static WritingProcess Start(WritingOrders orders)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Mila.Benchmarks.dll"), WritingOrders.Mode, .. orders.Written()])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.Environment["DOTNET_TieredPGO"] = "0";
        var writing = new WritingProcess(new Process { StartInfo = start, EnableRaisingEvents = true });
        writing._process.OutputDataReceived += (_, line) => writing.Read(line.Data);
        writing._process.Exited += (_, _) => writing.Fail();
        writing._process.Start();
        writing._process.BeginOutputReadLine();
        return writing;
    }

    public async Task<WritingProcess> ReadyAsync()
    {
        await _ready.Task.WaitAsync(Limit);
        return this;
    }

    /// <summary>Lets its writers begin.</summary>
    public async Task<WritingProcess> WriteAsync()
    {
        await ReadyAsync();
        await _process.StandardInput.WriteLineAsync("go");
        await _process.StandardInput.FlushAsync();
        return this;
    }

    /// <summary>Waits until one of its handlers has come, to stay.</summary>
    public Task StayAsync() => _staying.Task.WaitAsync(Limit);

    /// <summary>Waits until it has acknowledged so many deeds, and kills it in the middle of the next.</summary>
    public async Task<WritingProcess> KillAfterAsync(int acknowledged)
    {
        Volatile.Write(ref _wanted, acknowledged);
        if (_acknowledged.Count >= acknowledged) _enough.TrySetResult();
        await _enough.Task.WaitAsync(Limit);
        await KillAsync();
        return this;
    }

    /// <summary>SIGKILL.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGSTOP: it hangs, with all its connections open.</summary>
    public Task StopAsync() => SignalAsync("STOP");

    /// <summary>SIGCONT: it goes on where it was.</summary>
    public Task ContinueAsync() => SignalAsync("CONT");

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("sh", ["-c", string.Create(CultureInfo.InvariantCulture, $"kill -{signal} {_process.Id}")]);
        await kill.WaitForExitAsync();
    }

    private void Read(string? line)
    {
        if (line == Ready) _ready.TrySetResult();
        if (line == Staying) _staying.TrySetResult();
        // The last line of a killed process may be cut.
        if (!Guid.TryParseExact(line, "N", out var deed)) return;

        _acknowledged.Add(deed);
        if (_acknowledged.Count >= Volatile.Read(ref _wanted)) _enough.TrySetResult();
    }

    private void Fail()
    {
        var fault = new InvalidOperationException("The writing process ended by itself.");
        _ready.TrySetException(fault);
        _staying.TrySetException(fault);
        _enough.TrySetException(fault);
    }
}
