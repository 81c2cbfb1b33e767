using System.Globalization;
using Mila.Host.CommandLine;

namespace Mila.Host.Database;

/// <summary>
/// The sole use of a folder, held as an advisory lock on <c>host.lock</c>. The kernel drops it when the process ends, however it ends,
/// so that a lock that cannot be taken means a host that lives. <c>host.pid</c> beside it only says who.
/// </summary>
internal sealed class FolderLock : IDisposable
{
    private readonly FileStream _file;

    private FolderLock(FileStream file) => _file = file;

    /// <summary>Takes the lock.</summary>
    /// <exception cref="OperatorException">Another process holds it, or the folder cannot be written.</exception>
    internal static FolderLock Take(string folder)
    {
        var pidFile = Path.Combine(folder, "host.pid");
        FileStream file;
        try
        {
            file = new FileStream(Path.Combine(folder, "host.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException) when (File.Exists(Path.Combine(folder, "host.lock")))
        {
            throw new OperatorException($"the data folder {folder} is in use by process {ReadPid(pidFile)}.", ExitCode.FolderInUse);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new OperatorException($"the data folder {folder} cannot be written: {refused.Message}", ExitCode.FolderUnusable);
        }

        File.WriteAllText(pidFile, Environment.ProcessId.ToString(CultureInfo.InvariantCulture) + "\n");
        return new FolderLock(file);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        // The lock file stays: removing it would let a third process lock a new file while a second waits on the old one.
        File.Delete(Path.Combine(Path.GetDirectoryName(_file.Name)!, "host.pid"));
        _file.Dispose();
    }

    private static string ReadPid(string pidFile)
    {
        try
        {
            return File.ReadAllText(pidFile).Trim() is { Length: > 0 } pid ? pid : "(unknown)";
        }
        catch (IOException)
        {
            return "(unknown)";
        }
    }
}
