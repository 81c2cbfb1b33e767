using Mila.Host.CommandLine;

namespace Mila.Host.Database;

/// <summary>The account that the private server runs under. PostgreSQL refuses to run as root.</summary>
internal static class UnprivilegedAccount
{
    private static readonly string[] Candidates = ["postgres", "nobody"];

    /// <summary>The name of an account to change to, or null when the host itself runs unprivileged.</summary>
    /// <exception cref="OperatorException">The host is root and the machine has none of the accounts; none is created.</exception>
    internal static async Task<string?> FindAsync(CancellationToken ct)
    {
        if (!Environment.IsPrivilegedProcess) return null;

        foreach (var name in Candidates)
        {
            if ((await Subprocess.RunAsync("id", ["-u", name], ct: ct)).Succeeded) return name;
        }

        throw new OperatorException(
            "PostgreSQL does not run as root and this machine has no account postgres or nobody: create one, or start Mila from another account.", ExitCode.ServerUnavailable);
    }

    /// <summary>
    /// The folder's path without symbolic links (which is how the system names it when asked where a process works), or null when the account cannot
    /// pass through every folder on the way.
    /// </summary>
    internal static async Task<string?> ReachAsync(string? account, string folder, CancellationToken ct)
    {
        var reached = await Subprocess.RunAsync("/bin/sh", ["-c", "cd -- \"$1\" && pwd -P", "sh", folder], account, ct: ct);
        return reached.Succeeded ? reached.Output.TrimEnd('\n') : null;
    }

    /// <summary>Makes a folder that only <paramref name="account"/> (and root) can enter.</summary>
    internal static async Task MakeFolderAsync(string? account, string folder, CancellationToken ct)
    {
        Folders.MakePrivate(folder);
        if (account is null) return;

        var changed = await Subprocess.RunAsync("chown", [account + ":", folder], ct: ct);
        if (!changed.Succeeded) throw new OperatorException($"the folder {folder} cannot be given to the account {account}: {changed.LastError}", ExitCode.FolderUnusable);
    }
}
