using System.Diagnostics;
using System.Globalization;

namespace Mila.Host.Database;

/// <summary>
/// The processes that work on one cluster. Every process of PostgreSQL has the data directory as its working folder; that tells ours from
/// another server's, and from a stranger that was given the same process id after a crash or a reboot.
/// </summary>
internal static class ServerProcesses
{
    /// <summary>The postmaster of the cluster, or null when none lives. A zombie does not live.</summary>
    internal static int? FindPostmaster(string data)
    {
        string[] lines;
        try
        {
            lines = File.ReadAllLines(Path.Combine(data, "postmaster.pid"));
        }
        catch (IOException)
        {
            return null;
        }

        return lines is [var first, ..] && int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var pid) && Lives(pid, data) ? pid : null;
    }

    /// <summary>Whether the process lives and, as far as we may look, is a PostgreSQL process of the cluster.</summary>
    internal static bool Lives(int pid, string data)
    {
        // A container's root may not read the working folder of another account's process: then the name must do.
        if (OperatingSystem.IsLinux()) return IsPostgres(pid) && (WorkingFolder(pid) ?? data) == data;

        try
        {
            using var process = Process.GetProcessById(pid);
            return !process.HasExited && process.ProcessName.StartsWith("postgres", StringComparison.Ordinal);
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    /// <summary>Kills what a dead postmaster left behind: a backend in a long query does not notice its end and blocks the next start.</summary>
    internal static void KillAll(string data)
    {
        if (!OperatingSystem.IsLinux()) return;

        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var pid) && IsPostgres(pid) && WorkingFolder(pid) == data) Kill(pid);
        }
    }

    private static void Kill(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            process.Kill();
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException)
        {
            // It ended by itself in the meantime, which is what was asked.
        }
    }

    private static string? WorkingFolder(int pid) => new FileInfo($"/proc/{pid}/cwd").LinkTarget;

    private static bool IsPostgres(int pid)
    {
        try
        {
            // "pid (name) state ...": the file is readable by everyone, and empty of a process that is gone.
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            var end = stat.LastIndexOf(')');
            return end > 0 && stat.AsSpan(0, end).Contains("(postgres", StringComparison.Ordinal) && stat.AsSpan(end + 1).TrimStart() is [not 'Z' and not 'X', ..];
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
