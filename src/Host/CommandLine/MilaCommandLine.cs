using System.CommandLine;
using System.Globalization;
using Mila.BuildingBlocks.Hosting;
using Mila.Host.Database;
using Npgsql;

namespace Mila.Host.CommandLine;

/// <summary>The command line of the host: flags in, exit code out.</summary>
internal static class MilaCommandLine
{
    internal const int DefaultPort = 5080;
    internal const string DefaultDataFolder = ".mila";

    /// <summary>Runs the command that the arguments name until it ends, or until a signal ends it.</summary>
    /// <param name="args">The arguments of the process.</param>
    /// <param name="actions">What the commands do.</param>
    /// <param name="error">Takes the line that says why; else standard error does.</param>
    /// <returns>0, or one of <see cref="ExitCode"/>; then one line says why.</returns>
    internal static async Task<int> RunAsync(string[] args, HostActions actions, TextWriter? error = null)
    {
        error ??= Console.Error;
        // What is written is for machines, or in the language of who asked: never in that of the account that started the host.
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en");

        var parsed = BuildCommands(actions).Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors is [var first, ..]) return Refuse(error, OneLine(first.Message), ExitCode.Usage);

        using var stop = new StopSignal();
        try
        {
            // Termination is ours to handle: the parser's own way gives up after two seconds, before the database has stopped.
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }, stop.Token);
        }
        catch (OperatorException refused)
        {
            return Refuse(error, refused.Message, refused.ExitCode);
        }
        catch (SettingException refused)
        {
            return Refuse(error, refused.Message, ExitCode.Usage);
        }
        catch (Exception broken) when (DatabaseFaultOf(broken) is { } fault)
        {
            return Refuse(error, fault, ExitCode.DatabaseUnusable);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return Refuse(error, $"a file cannot be read or written: {refused.Message}", ExitCode.FolderUnusable);
        }
        catch (OperationCanceledException) when (stop.Token.IsCancellationRequested)
        {
            return 0;
        }
        catch (Exception unforeseen)
        {
            // Its message may quote what a file or a person said: what broke and where is enough to find it.
            return Refuse(error, $"something broke that Mila did not foresee: {unforeseen.GetType().Name} in {PlaceOf(unforeseen)}.", ExitCode.Broken);
        }
    }

    private static RootCommand BuildCommands(HostActions actions)
    {
        var port = new Option<int>("--port")
        {
            Description = "The TCP port of the HTTP server.",
            DefaultValueFactory = _ => DefaultPort,
            HelpName = "N",
            CustomParser = result =>
            {
                if (int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= 65535) return number;

                result.AddError($"--port takes a number from 1 to 65535, not '{result.Tokens[0].Value}'.");
                return 0;
            },
        };
        var data = new Option<string>("--data")
        {
            Description = "The folder of the private database, the administrator's key and mails.",
            DefaultValueFactory = _ => DefaultDataFolder,
            HelpName = "DIR",
            Recursive = true,
        };
        data.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: "" }]) result.AddError("--data takes the path of a folder.");
        });
        var noImport = new Option<bool>("--no-import") { Description = "Start a new database empty, and leave it so at later starts: the 2026 programme is not imported." };
        var demo = new Option<bool>("--demo") { Description = "Also import the fictitious members; not with --no-import." };

        HostSettings Settings(ParseResult parsed) => new(
            parsed.GetValue(port), Path.GetFullPath(parsed.GetRequiredValue(data)), Import: !parsed.GetValue(noImport), Demo: parsed.GetValue(demo));

        var root = new RootCommand("Mila: the system of record of a network of small music companies.") { port, data, noImport, demo };
        root.Validators.Add(result =>
        {
            if (result.GetValue(noImport) && result.GetValue(demo)) result.AddError("--demo needs the programme that --no-import leaves out: take one of the two.");
        });
        root.SetAction((parsed, ct) => ServeCommand.RunAsync(Settings(parsed), actions, ct));
        root.Subcommands.Add(PostgresCommand.Create(parsed => Settings(parsed).DataFolder));

        if (actions.Migrate is { } migrate)
        {
            var command = new Command("migrate", "Bring the schema of the database to this version, and end.");
            command.SetAction((parsed, ct) => WithDatabaseAsync(Settings(parsed), (database, settings) => migrate(settings, database, ct), ct));
            root.Subcommands.Add(command);
        }

        if (actions.Import is { } import)
        {
            var file = new Argument<FileInfo>("FILE") { Description = "A file such as deploy/data/mila-2026.json." };
            file.AcceptExistingOnly();
            var command = new Command("import", "Import a file into the database, and end.") { file };
            command.SetAction((parsed, ct) => WithDatabaseAsync(Settings(parsed), (database, settings) => import(settings, database, parsed.GetRequiredValue(file), ct), ct));
            root.Subcommands.Add(command);
        }

        if (actions.ReplaceKey is { } replaceKey)
        {
            var command = new Command("admin-key", "Write a new administrator's key into admin.key, revoke the one before it, and end.");
            command.SetAction((parsed, ct) => WithDatabaseAsync(Settings(parsed), (database, settings) => replaceKey(settings, database, ct), ct));
            root.Subcommands.Add(command);
        }

        if (actions.WriteOpenApi is { } writeOpenApi) root.Subcommands.Add(OpenApiCommand.Create(writeOpenApi));
        return root;
    }

    private static async Task<int> WithDatabaseAsync(HostSettings settings, Func<string, HostSettings, Task> action, CancellationToken ct)
    {
        using var logging = StartLog.Create();
        await using var database = await DatabaseSource.OpenBesideAsync(StartLog.Configuration(), settings.DataFolder, logging.CreateLogger("Mila"), ct);
        await action(database.ConnectionString, settings);
        return 0;
    }

    /// <summary>What the database said when it was the database; null for any other fault, which is ours and ends with where it happened.</summary>
    private static string? DatabaseFaultOf(Exception? fault) => fault switch
    {
        null => null,
        PostgresException refused => $"the database refuses what Mila needs: {refused.MessageText} (SQLSTATE {refused.SqlState}).",
        NpgsqlException => "the connection to the database was lost.",
        _ => DatabaseFaultOf(fault.InnerException),
    };

    private static string OneLine(string message) => message.ReplaceLineEndings(" ");

    private static string PlaceOf(Exception unforeseen) =>
        new System.Diagnostics.StackTrace(unforeseen).GetFrames().Select(frame => frame.GetMethod()).FirstOrDefault(m => m?.DeclaringType?.FullName?.StartsWith("Mila.", StringComparison.Ordinal) == true) is { } method
            ? $"{method.DeclaringType!.FullName}.{method.Name}"
            : "a library";

    private static int Refuse(TextWriter error, string message, int exitCode)
    {
        error.WriteLine($"mila: {OneLine(message)}");
        return exitCode;
    }
}
