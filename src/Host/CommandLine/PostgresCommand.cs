using System.CommandLine;
using Mila.Host.Database;

namespace Mila.Host.CommandLine;

/// <summary>
/// <c>postgres</c>: runs the private server alone, in the foreground, and prints its connection string on standard output once it takes connections.
/// For an operator who wants to look into a stopped host's database, and for a test run that shares one server.
/// </summary>
internal static class PostgresCommand
{
    internal static Command Create(Func<ParseResult, string> dataFolder)
    {
        var notDurable = new Option<bool>("--without-fsync") { Description = "Do not wait for the disk. For data that may be lost.", Hidden = true };
        var command = new Command("postgres", "Run the private PostgreSQL alone and print its connection string.") { notDurable };
        command.Hidden = true;
        command.SetAction((parsed, ct) => RunAsync(new PrivatePostgresOptions(dataFolder(parsed)) { Durable = !parsed.GetValue(notDurable) }, ct));
        return command;
    }

    private static async Task<int> RunAsync(PrivatePostgresOptions options, CancellationToken ct)
    {
        using var logging = StartLog.Create();
        await using var postgres = await PrivatePostgres.StartAsync(options, logging.CreateLogger("Mila"), ct);
        await Console.Out.WriteLineAsync(postgres.ConnectionString.AsMemory(), ct);
        await postgres.Watch.WaitAsync(ct);
        return 0;
    }
}
