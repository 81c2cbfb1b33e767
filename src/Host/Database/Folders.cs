using System.Globalization;
using System.Text;

namespace Mila.Host.Database;

/// <summary>Folders with the permissions that they need from the first instant.</summary>
internal static class Folders
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Makes a folder that only its owner can enter, or closes one that exists.</summary>
    internal static void MakePrivate(string path) => Make(path, Owner);

    /// <summary>Makes a folder that every account can pass through and only its owner can list.</summary>
    internal static void MakePassable(string path) => Make(path, Owner | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);

    /// <summary>Writes a file that only its owner can read. A reader, and a start after a crash, sees the old text or the new one, whole.</summary>
    internal static async Task WritePrivateAsync(string path, string text, CancellationToken ct)
    {
        var draft = string.Create(CultureInfo.InvariantCulture, $"{path}.{Environment.ProcessId}.new");
        File.Delete(draft);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        await using (var stream = new FileStream(draft, options))
        {
            await stream.WriteAsync(Encoding.UTF8.GetBytes(text), ct);
            stream.Flush(flushToDisk: true);
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
