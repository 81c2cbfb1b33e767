using System.Globalization;
using Mila.Host.CommandLine;

namespace Mila.Host.Database;

/// <summary>
/// Where the private cluster is: <c>postgres</c> in the data folder. When the host is root and the server's account cannot pass through a parent of
/// the data folder (as with <c>/root</c>), a folder below <c>/var/lib/mila</c>, named in the file <c>postgres.location</c> of the data folder.
/// </summary>
internal static class ClusterHome
{
    private const string Elsewhere = "/var/lib/mila";

    /// <summary>The file that names a home outside the data folder; absent when the home is inside.</summary>
    internal static string PointerOf(DataFolder folder) => Path.Combine(folder.FullPath, "postgres.location");

    /// <summary>Finds the home of the cluster, or makes one.</summary>
    internal static async Task<string> FindAsync(DataFolder folder, string? account, ILogger logger, CancellationToken ct)
    {
        var pointer = PointerOf(folder);
        string home;
        if (File.Exists(pointer))
        {
            home = (await File.ReadAllTextAsync(pointer, ct)).Trim();
            if (!Directory.Exists(home)) throw new OperatorException($"the database folder {home}, named in {pointer}, is gone.", ExitCode.FolderUnusable);
        }
        else if (await UnprivilegedAccount.ReachAsync(account, folder.FullPath, ct) is not null)
        {
            home = Path.Combine(folder.FullPath, "postgres");
            Folders.MakePassable(home);
        }
        else
        {
            home = Path.Combine(Elsewhere, Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString("N", CultureInfo.InvariantCulture));
            Folders.MakePassable(home);
            await Folders.WritePrivateAsync(pointer, home, ct);
            logger.LogWarning("The account {Account} cannot enter {Folder}: the database is kept in {Home}.", account, folder.FullPath, home);
        }

        return await UnprivilegedAccount.ReachAsync(account, home, ct)
            ?? throw new OperatorException($"the account {account ?? "that runs Mila"} cannot enter {home}.", ExitCode.FolderUnusable);
    }
}
