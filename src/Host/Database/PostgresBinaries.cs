using System.Globalization;
using System.Text.RegularExpressions;
using Mila.Host.CommandLine;

namespace Mila.Host.Database;

/// <summary>The server programs of one PostgreSQL installation.</summary>
/// <param name="Folder">The folder that holds <c>postgres</c>, <c>initdb</c> and <c>pg_ctl</c>.</param>
/// <param name="Major">The major version, such as 15.</param>
internal sealed partial record PostgresBinaries(string Folder, int Major)
{
    /// <summary>The oldest major version that Mila runs on: the first that lets an owner of a database create the extensions it trusts.</summary>
    internal const int OldestMajor = 13;

    /// <summary>Names the folder of the server programs, and then no other folder is looked at.</summary>
    internal const string Variable = "MILA_POSTGRES_BIN";

    private static readonly string[] Needed = ["postgres", "initdb", "pg_ctl"];

    internal string Postgres => Path.Combine(Folder, "postgres");

    internal string InitDb => Path.Combine(Folder, "initdb");

    internal string PgCtl => Path.Combine(Folder, "pg_ctl");

    /// <summary>Every installation on this machine, newest first.</summary>
    /// <exception cref="OperatorException"><see cref="Variable"/> names a folder without server programs.</exception>
    internal static async Task<IReadOnlyList<PostgresBinaries>> FindAllAsync(CancellationToken ct)
    {
        var named = Environment.GetEnvironmentVariable(Variable);
        var found = new List<PostgresBinaries>();
        foreach (var folder in (string.IsNullOrWhiteSpace(named) ? UsualFolders() : [named]).Select(RealFolder).Distinct())
        {
            if (folder is not null && await ReadMajorAsync(folder, ct) is { } major) found.Add(new PostgresBinaries(folder, major));
        }

        if (found.Count == 0 && !string.IsNullOrWhiteSpace(named))
        {
            throw new OperatorException($"{Variable} names {named}, which does not hold the PostgreSQL programs postgres, initdb and pg_ctl.", ExitCode.ServerUnavailable);
        }

        return [.. found.OrderByDescending(binaries => binaries.Major)];
    }

    /// <summary>The installation to use.</summary>
    /// <param name="major">The major version that existing data needs, or null when there is none yet: then the newest is taken.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="OperatorException">None is installed, or none of that version.</exception>
    internal static async Task<PostgresBinaries> PickAsync(int? major, CancellationToken ct)
    {
        var all = await FindAllAsync(ct);
        if (all.Count == 0)
        {
            throw new OperatorException(
                $"no PostgreSQL server programs were found: install them (Debian: apt-get install postgresql), name their folder in {Variable}, or set ConnectionStrings__Mila.",
                ExitCode.ServerUnavailable);
        }

        if (major is null)
        {
            return all[0].Major >= OldestMajor ? all[0] : throw new OperatorException(
                $"PostgreSQL {all[0].Major} in {all[0].Folder} is too old: version {OldestMajor} or newer is needed.", ExitCode.ServerUnavailable);
        }

        return all.FirstOrDefault(binaries => binaries.Major == major) ?? throw new OperatorException(
            $"the data were written by PostgreSQL {major}, and this machine has {string.Join(" and ", all.Select(b => b.Major).Distinct())}: install the server programs of PostgreSQL {major}.",
            ExitCode.ServerUnavailable);
    }

    private static IEnumerable<string> UsualFolders()
    {
        foreach (var folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)) yield return folder;
        foreach (var folder in Below("/usr/lib/postgresql", "*", "bin")) yield return folder;
        foreach (var folder in Below("/usr", "pgsql-*", "bin")) yield return folder;
        foreach (var folder in Below("/usr/libexec", "postgresql*", "")) yield return folder;
        foreach (var folder in Below("/opt/homebrew/opt", "postgresql*", "bin")) yield return folder;
        foreach (var folder in Below("/usr/local/opt", "postgresql*", "bin")) yield return folder;
        yield return "/opt/homebrew/bin";
        yield return "/usr/local/pgsql/bin";
    }

    private static IEnumerable<string> Below(string root, string pattern, string rest) =>
        Directory.Exists(root) ? Directory.EnumerateDirectories(root, pattern).Select(folder => Path.Combine(folder, rest)) : [];

    /// <summary>A link such as /usr/local/bin/postgres leads to the folder where its companions are.</summary>
    private static string? RealFolder(string folder)
    {
        var postgres = new FileInfo(Path.Combine(folder, "postgres"));
        if (!postgres.Exists) return null;

        var real = postgres.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? postgres.FullName;
        var home = Path.GetDirectoryName(real)!;
        return Needed.All(program => File.Exists(Path.Combine(home, program))) ? home : null;
    }

    private static async Task<int?> ReadMajorAsync(string folder, CancellationToken ct)
    {
        try
        {
            var version = await Subprocess.RunAsync(Path.Combine(folder, "postgres"), ["--version"], ct: ct);
            var match = VersionNumber().Match(version.Output);
            return match.Success ? int.Parse(match.ValueSpan, CultureInfo.InvariantCulture) : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    [GeneratedRegex(@"(?<=\(PostgreSQL\) )\d+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex VersionNumber();
}
