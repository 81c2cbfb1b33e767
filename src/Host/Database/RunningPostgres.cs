using Mila.Host.CommandLine;
using Npgsql;

namespace Mila.Host.Database;

/// <summary>
/// How a command reaches the private server of a host that lives on the same data folder: while it serves, <c>postgres.connection</c> in the folder (0600) holds the connection
/// string. A host that was killed leaves the file behind, so it is believed only when the folder is locked and the server answers.
/// </summary>
internal static class RunningPostgres
{
    private const int ConnectSeconds = 5;

    /// <summary>Writes down how to reach a server that now takes connections.</summary>
    internal static Task AnnounceAsync(string folder, string connectionString, CancellationToken ct) => Folders.WritePrivateAsync(PathIn(folder), connectionString + "\n", ct);

    /// <summary>The server is about to stop.</summary>
    internal static void Withdraw(string folder) => File.Delete(PathIn(folder));

    /// <summary>The connection string of the server, or null when none answers.</summary>
    /// <exception cref="OperatorException">The file may not be read by this account.</exception>
    internal static async Task<string?> FindAsync(string folder, CancellationToken ct)
    {
        try
        {
            var connectionString = (await File.ReadAllTextAsync(PathIn(folder), ct)).Trim();
            await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, Timeout = ConnectSeconds });
            await using var connection = await source.OpenConnectionAsync(ct);
            return connectionString;
        }
        catch (UnauthorizedAccessException)
        {
            throw new OperatorException($"another account runs Mila on the data folder {folder}: use that account.", ExitCode.FolderInUse);
        }
        catch (Exception notThere) when (notThere is IOException or NpgsqlException or ArgumentException)
        {
            return null;
        }
    }

    private static string PathIn(string folder) => Path.Combine(folder, "postgres.connection");
}
