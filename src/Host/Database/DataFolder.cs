using System.Globalization;
using Mila.Host.CommandLine;

namespace Mila.Host.Database;

/// <summary>
/// The folder of one host: the private database, the administrator's key and mails. Its file <c>version</c> says in which format it is and which
/// PostgreSQL wrote the database, one <c>name number</c> a line.
/// </summary>
internal sealed class DataFolder
{
    /// <summary>The format that this host reads and writes. It grows when an older host could no longer use the folder.</summary>
    internal const int KnownFormat = 1;

    private const string FormatName = "mila";
    private const string PostgresName = "postgresql";

    private DataFolder(string path) => FullPath = path;

    /// <summary>The absolute path.</summary>
    internal string FullPath { get; }

    /// <summary>The major version of PostgreSQL that wrote the database, or null when there is none yet.</summary>
    internal int? PostgresMajor { get; private set; }

    /// <summary>Whether a host has used the folder before.</summary>
    internal bool HasVersion => File.Exists(VersionFile);

    private string VersionFile => Path.Combine(FullPath, "version");

    /// <summary>Opens the folder, and makes it when it is missing.</summary>
    /// <exception cref="OperatorException">It cannot be made, read or written, or a newer Mila wrote it.</exception>
    internal static async Task<DataFolder> OpenAsync(string path, CancellationToken ct)
    {
        var folder = new DataFolder(Path.GetFullPath(path));
        if (folder.FullPath.AsSpan().ContainsAny('\n', '\r', '\0')) throw new OperatorException("the name of the data folder holds a line break.", ExitCode.FolderUnusable);

        try
        {
            // Passable because the server's account must reach its own part; everything inside is closed by itself.
            if (!Directory.Exists(folder.FullPath)) Folders.MakePassable(folder.FullPath);
            await folder.ReadVersionAsync(ct);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new OperatorException($"the data folder {folder.FullPath} cannot be used: {refused.Message}", ExitCode.FolderUnusable);
        }

        return folder;
    }

    /// <summary>Writes down the format and, when there is a private database, which PostgreSQL it belongs to.</summary>
    internal Task RecordVersionAsync(int? postgresMajor, CancellationToken ct)
    {
        PostgresMajor = postgresMajor;
        var postgres = postgresMajor is { } major ? string.Create(CultureInfo.InvariantCulture, $"{PostgresName} {major}\n") : "";
        return Folders.WritePrivateAsync(VersionFile, string.Create(CultureInfo.InvariantCulture, $"{FormatName} {KnownFormat}\n{postgres}"), ct);
    }

    private async Task ReadVersionAsync(CancellationToken ct)
    {
        if (!HasVersion) return;

        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var line in await File.ReadAllLinesAsync(VersionFile, ct))
        {
            if (line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var name, var text] && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) numbers[name] = number;
        }

        if (!numbers.TryGetValue(FormatName, out var format))
        {
            throw new OperatorException($"the file {VersionFile} does not say which version the data folder is of.", ExitCode.FolderUnusable);
        }

        if (format > KnownFormat)
        {
            throw new OperatorException(
                $"the data folder {FullPath} is of version {format}, and this Mila knows versions up to {KnownFormat}: start a newer Mila on it.", ExitCode.FolderUnusable);
        }

        PostgresMajor = numbers.TryGetValue(PostgresName, out var major) ? major : null;
    }
}
