namespace Mila.Host.Database;

/// <summary>Folders with the permissions that they need from the first instant.</summary>
internal static class Folders
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Makes a folder that only its owner can enter, or closes one that exists.</summary>
    internal static void MakePrivate(string path) => Make(path, Owner);

    /// <summary>Makes a folder that every account can pass through and only its owner can list.</summary>
    internal static void MakePassable(string path) => Make(path, Owner | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);

    /// <summary>Writes a file that only its owner can read. Replaces it whole: a reader sees the old text or the new one.</summary>
    internal static async Task WritePrivateAsync(string path, string text, CancellationToken ct)
    {
        var draft = path + ".new";
        File.Delete(draft);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        await using (var stream = new FileStream(draft, options))
        await using (var writer = new StreamWriter(stream))
        {
            await writer.WriteAsync(text.AsMemory(), ct);
        }

        File.Move(draft, path, overwrite: true);
    }

    private static void Make(string path, UnixFileMode mode)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
            return;
        }

        Directory.CreateDirectory(path, mode);
        File.SetUnixFileMode(path, mode);
    }
}
