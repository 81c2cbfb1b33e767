using Mila.BuildingBlocks.Api;
using Mila.BuildingBlocks.Documents;
using Mila.BuildingBlocks.Hosting;
using Mila.BuildingBlocks.Import;
using Mila.BuildingBlocks.Outbox;
using Mila.BuildingBlocks.Results;
using Spectre.Console;

namespace Mila.Host.CommandLine;

/// <summary><c>import FILE</c>, and the imports of a first start.</summary>
internal static class ImportCommand
{
    private const int Tries = 5;
    private const string Programme = "mila-2026";
    private const string LeftOut = $"left out {Programme}";

    /// <summary>Imports one file and says what became of it.</summary>
    /// <exception cref="OperatorException">The file has faults; each is listed with its JSON Pointer.</exception>
    public static async Task RunAsync(HostSettings settings, string connectionString, FileInfo file, CancellationToken ct)
    {
        await using var app = MilaApp.Configure(settings, connectionString);
        await app.PrepareAsync(settings.DataFolder, ct);
        await ImportAsync(app.Services, file, ct);
    }

    /// <summary>On the first start of a database, the 2026 programme; with <c>--demo</c>, on the first such start, the fictitious members and then their leases.</summary>
    /// <exception cref="OperatorException">The fictitious members are asked for in a database that was started without the programme, on which they stand.</exception>
    public static async Task ImportFirstAsync(IServiceProvider services, HostSettings settings, CancellationToken ct)
    {
        var leftOut = await services.GetRequiredService<Milestones>().IsReachedAsync(LeftOut, ct);
        if (leftOut && settings.Demo) throw new OperatorException("this database was started with --no-import, and --demo needs the 2026 programme: take another --data.", ExitCode.Usage);
        if (leftOut) return;

        await OnceAsync(services, Programme, ct);
        if (!settings.Demo) return;

        await OnceAsync(services, "demo-members", ct);
        await services.GetRequiredService<OutboxDispatcher>().DrainAsync(ct);
        await OnceAsync(services, "demo-leases", ct);
    }

    /// <summary>A database that was once started without the 2026 programme has none: by a later start it would come into a house in use.</summary>
    public static async Task LeaveOutAsync(IServiceProvider services, CancellationToken ct)
    {
        var milestones = services.GetRequiredService<Milestones>();
        if (!await milestones.IsReachedAsync($"imported {Programme}", ct)) await milestones.ReachAsync(LeftOut, ct);
    }

    private static async Task OnceAsync(IServiceProvider services, string name, CancellationToken ct)
    {
        var milestones = services.GetRequiredService<Milestones>();
        if (await milestones.IsReachedAsync($"imported {name}", ct)) return;

        await ImportAsync(services, new FileInfo(Path.Combine(AppContext.BaseDirectory, "data", name + ".json")), ct);
        await milestones.ReachAsync($"imported {name}", ct);
    }

    private static async Task ImportAsync(IServiceProvider services, FileInfo file, CancellationToken ct)
    {
        var bytes = await ReadAsync(file, ct);
        var outcome = Console.IsOutputRedirected
            ? await ImportAsync(services, file, bytes, () => { }, ct)
            : await AnsiConsole.Progress().StartAsync(async progress =>
            {
                // A file that is none has nothing to count, and says so at once.
                var items = ImportFile.Parse(bytes).Succeeded(out var parsed, out _) ? parsed.ItemCount : 1;
                var task = progress.AddTask(Markup.Escape(file.Name), maxValue: Math.Max(1, items));
                var ended = await ImportAsync(services, file, bytes, () => task.Increment(1), ct);
                task.Value = task.MaxValue;
                return ended;
            });
        if (!outcome.Succeeded(out var report, out var refusal)) throw Refused(file, refusal);

        Console.WriteLine($"{file.Name}: {string.Join("; ", report.Counts.Select(c => $"{c.Key} {c.Value.Created} created, {c.Value.Changed} changed, {c.Value.Unchanged} unchanged"))}");
    }

    /// <summary>Whoever works in a running host may change what the file speaks of; then nothing was stored, and what is there now is compared anew.</summary>
    private static async Task<Result<ImportReport>> ImportAsync(IServiceProvider services, FileInfo file, byte[] bytes, Action progress, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var scope = services.CreateAsyncScope();
                return await scope.ServiceProvider.GetRequiredService<Importer>().ImportAsync(bytes, new ImportReport { Progress = progress }, ct);
            }
            catch (Exception lost) when (ProblemPipeline.OfException(lost) is var error && (error == ApiErrors.Race || error == ApiErrors.AlreadyExists))
            {
                if (attempt == Tries) throw new OperatorException($"{file.Name} was not imported: others were changing the same things. Try again.", ExitCode.DatabaseUnusable);
            }
        }
    }

    private static async Task<byte[]> ReadAsync(FileInfo file, CancellationToken ct)
    {
        try
        {
            return await File.ReadAllBytesAsync(file.FullName, ct);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new OperatorException($"{file.FullName} cannot be read: {unreadable.Message}", ExitCode.Usage);
        }
    }

    private static OperatorException Refused(FileInfo file, Error refusal)
    {
        if (refusal.Fields.Count == 0) return new OperatorException($"{file.Name} was not imported: {refusal.Detail}", ExitCode.Usage);

        foreach (var fault in refusal.Fields) Console.Error.WriteLine($"{(fault.Pointer.Length == 0 ? "/" : fault.Pointer)}: {fault.Code}: {fault.Detail}");
        return new OperatorException($"{file.Name} was not imported: {refusal.Fields.Count} {(refusal.Fields.Count == 1 ? "fault" : "faults")}.", ExitCode.Usage);
    }
}
