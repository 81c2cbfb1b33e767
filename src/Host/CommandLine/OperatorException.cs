namespace Mila.Host.CommandLine;

/// <summary>Something that the operator can put right: told in one line on standard error, without a stack trace.</summary>
/// <param name="message">One sentence that says what is wrong and, where it is known, what to do. Holds no secret.</param>
/// <param name="exitCode">The exit code of the process, one of <see cref="ExitCode"/>.</param>
#pragma warning disable CA1032 // Always made with both its parts: a message without an exit code has no meaning here.
internal sealed class OperatorException(string message, int exitCode) : Exception(message)
#pragma warning restore CA1032
{
    /// <summary>The exit code of the process.</summary>
    public int ExitCode { get; } = exitCode;
}

/// <summary>The exit codes of the host. 0 is a clean end; the numbers are part of the operator's contract.</summary>
internal static class ExitCode
{
    /// <summary>Something broke that nobody foresaw.</summary>
    public const int Broken = 1;

    /// <summary>A flag or an argument is unknown or malformed.</summary>
    public const int Usage = 2;

    /// <summary>Another living process uses the data folder.</summary>
    public const int FolderInUse = 3;

    /// <summary>The data folder cannot be read or written, or is of a newer version.</summary>
    public const int FolderUnusable = 4;

    /// <summary>The port is taken, or may not be opened by this account.</summary>
    public const int PortTaken = 5;

    /// <summary>The database of the connection string cannot be used.</summary>
    public const int DatabaseUnusable = 6;

    /// <summary>No private server could be started: its programs are missing, of another version, or it refuses to run.</summary>
    public const int ServerUnavailable = 7;
}
