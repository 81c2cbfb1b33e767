using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Mila.Host.Tests.Outbox;

/// <summary>A host of the trial module as a process of its own, whose writers write until it is killed.</summary>
internal sealed class WritingProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly ConcurrentBag<Guid> _acknowledged = [];
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _enough = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _wanted = int.MaxValue;

    private WritingProcess(Process process) => _process = process;

    /// <summary>Deeds whose commit has returned, as far as their lines came out before the end.</summary>
    public IReadOnlyCollection<Guid> Acknowledged => _acknowledged;

    /// <summary>Starts it; its dispatchers run, its writers wait.</summary>
    public static WritingProcess Start(string connectionString, string name, int writers, bool outside = false)
    {
        var start = new ProcessStartInfo("dotnet",
            [Path.Combine(AppContext.BaseDirectory, "Mila.Benchmarks.dll"), "outbox-writer", connectionString, name, writers.ToString(CultureInfo.InvariantCulture), outside.ToString()])
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

    /// <summary>Lets its writers begin.</summary>
    public async Task<WritingProcess> WriteAsync()
    {
        await _ready.Task.WaitAsync(TimeSpan.FromSeconds(60));
        await _process.StandardInput.WriteLineAsync("go");
        await _process.StandardInput.FlushAsync();
        return this;
    }

    /// <summary>Waits until it has acknowledged so many deeds, and kills it in the middle of the next.</summary>
    public async Task<WritingProcess> KillAfterAsync(int acknowledged)
    {
        Volatile.Write(ref _wanted, acknowledged);
        if (_acknowledged.Count >= acknowledged) _enough.TrySetResult();
        await _enough.Task.WaitAsync(TimeSpan.FromSeconds(60));
        _process.Kill();
        await _process.WaitForExitAsync();
        return this;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private void Read(string? line)
    {
        if (line == "ready") _ready.TrySetResult();
        // The last line of a killed process may be cut.
        if (!Guid.TryParseExact(line, "N", out var deed)) return;

        _acknowledged.Add(deed);
        if (_acknowledged.Count >= Volatile.Read(ref _wanted)) _enough.TrySetResult();
    }

    private void Fail()
    {
        var fault = new InvalidOperationException("The writing process ended by itself.");
        _ready.TrySetException(fault);
        _enough.TrySetException(fault);
    }
}
