using System.Diagnostics;
using System.Globalization;

namespace Mila.Host.Database;

/// <summary>Runs a short-lived program of PostgreSQL or of the system and keeps what it said.</summary>
internal static class Subprocess
{
    /// <summary>Runs <paramref name="program"/> to its end.</summary>
    /// <param name="program">The program: a path, or a name found on PATH.</param>
    /// <param name="arguments">Its arguments; no shell reads them.</param>
    /// <param name="account">The account to run as, or null for our own. Only root may name another.</param>
    /// <param name="folder">The working folder, which <paramref name="account"/> must be able to enter.</param>
    /// <param name="pgdata">The PGDATA of its environment, or null for none.</param>
    /// <param name="input">What to write to its standard input.</param>
    /// <param name="ct">Ends the program.</param>
    /// <exception cref="System.ComponentModel.Win32Exception">The program does not exist or may not be run.</exception>
    internal static async Task<Outcome> RunAsync(
        string program, IEnumerable<string> arguments, string? account = null, string folder = "/", string? pgdata = null, string input = "", CancellationToken ct = default)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // A PGPORT or PGOPTIONS of the operator's shell is meant for another server than ours.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("PG", StringComparison.Ordinal)).ToList()) start.Environment.Remove(name);
        start.Environment["LC_ALL"] = "C";
        if (pgdata is not null) start.Environment["PGDATA"] = pgdata;
        if (account is not null) start.UserName = account;

        using var process = Process.Start(start) ?? throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"{program} did not start."));
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(ct);
            var error = process.StandardError.ReadToEndAsync(ct);
            try
            {
                await process.StandardInput.WriteAsync(input.AsMemory(), ct);
                process.StandardInput.Close();
            }
            catch (IOException)
            {
                // The program ended before it read everything: its exit code says why.
            }

            await process.WaitForExitAsync(ct);
            return new Outcome(process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    /// <summary>How a program ended.</summary>
    internal sealed record Outcome(int ExitCode, string Output, string Error)
    {
        /// <summary>Whether it ended with 0.</summary>
        public bool Succeeded => ExitCode == 0;

        /// <summary>The last line it wrote to standard error, for a message of one line.</summary>
        public string LastError => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault() ?? $"exit code {ExitCode}";
    }
}
