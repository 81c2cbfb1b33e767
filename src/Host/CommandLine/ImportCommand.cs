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
    private const int FaultsShown = 50;

    /// <summary>Imports one file and says what became of it.</summary>
    /// <exception cref="OperatorException">The file has faults; each is listed with its JSON Pointer.</exception>
    public static async Task RunAsync(HostSettings settings, string connectionString, FileInfo file, CancellationToken ct)
    {
        await using var app = MilaApp.Build(settings, connectionString);
        await app.PrepareAsync(settings.DataFolder, ct);
        await ImportAsync(app.Services, file, ct);
    }

    /// <summary>On the first start of a database, the 2026 programme; with <c>--demo</c>, on the first such start, the fictitious members and then their leases.</summary>
    public static async Task ImportFirstAsync(IServiceProvider services, HostSettings settings, CancellationToken ct)
    {
        await OnceAsync(services, "mila-2026", ct);
        if (!settings.Demo) return;

        await OnceAsync(services, "demo-members", ct);
        await services.GetRequiredService<OutboxDispatcher>().DrainAsync(ct);
        await OnceAsync(services, "demo-leases", ct);
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
        var bytes = await File.ReadAllBytesAsync(file.FullName, ct);
        await using var scope = services.CreateAsyncScope();
        var importer = scope.ServiceProvider.GetRequiredService<Importer>();
        var outcome = Console.IsOutputRedirected
            ? await importer.ImportAsync(bytes, new ImportReport(), ct)
            : await AnsiConsole.Progress().StartAsync(async progress =>
            {
                var task = progress.AddTask(Markup.Escape(file.Name)).IsIndeterminate();
                return await importer.ImportAsync(bytes, new ImportReport { Progress = () => task.Increment(1) }, ct);
            });
        if (!outcome.Succeeded(out var report, out var refusal)) throw Refused(file, refusal);

        Console.WriteLine($"{file.Name}: {string.Join("; ", report.Counts.Select(c => $"{c.Key} {c.Value.Created} created, {c.Value.Changed} changed, {c.Value.Unchanged} unchanged"))}");
    }

    private static OperatorException Refused(FileInfo file, Error refusal)
    {
        foreach (var fault in refusal.Fields.Take(FaultsShown)) Console.Error.WriteLine($"{(fault.Pointer.Length == 0 ? "/" : fault.Pointer)}: {fault.Code}: {fault.Detail}");
        var more = refusal.Fields.Count > FaultsShown ? $" ({refusal.Fields.Count - FaultsShown} more are not shown)" : "";
        return new OperatorException($"{file.Name} was not imported: {refusal.Fields.Count} faults{more}.", ExitCode.Usage);
    }
}
