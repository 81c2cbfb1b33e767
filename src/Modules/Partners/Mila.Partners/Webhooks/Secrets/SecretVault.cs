using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Mila.BuildingBlocks.Hosting;

namespace Mila.Partners.Webhooks.Secrets;

/// <summary>Signing secrets at rest: AES-256-GCM, bound to the endpoint, so that neither a copy of the database nor a row moved to another endpoint gives one away.</summary>
internal sealed class SecretVault
{
    private const byte Version = 1;
    private readonly byte[] _key;

    private SecretVault(byte[] key) => _key = key;

    /// <summary>The key of <c>Webhooks__EncryptionKey</c> (32 bytes in base64), else the one kept in <c>webhooks.key</c> in the data folder, made on first use and readable by its owner only.</summary>
    /// <exception cref="SettingException">The key is not 32 bytes in base64: the host must not start.</exception>
    internal static SecretVault Open(string? configured, string dataFolder)
    {
        if (!string.IsNullOrWhiteSpace(configured)) return new SecretVault(KeyIn(configured, "Webhooks__EncryptionKey"));

        var file = Path.Combine(dataFolder, "webhooks.key");
        if (!File.Exists(file)) Draw(file);
        return new SecretVault(KeyIn(File.ReadAllText(file), file));
    }

    /// <summary>Written beside its place and put there: another host that starts now sees the whole key or none, and the first one stays.</summary>
    private static void Draw(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var drawn = $"{file}.{RandomNumberGenerator.GetHexString(16)}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var stream = new FileStream(drawn, options))
        {
            stream.Write(Encoding.ASCII.GetBytes(Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))));
            stream.Flush(flushToDisk: true);
        }

        _ = PutOnce(drawn, file);
        File.Delete(drawn);
    }

    /// <summary>
    /// Puts a finished file in its place if nothing is there, in one step that the file system decides.
    /// <see cref="File.Move(string, string, bool)"/> looks first and renames then on Unix, so that of two hosts that start at once the second replaces the key of the first;
    /// link(2) refuses a name that is taken. Only where a file system knows no links, and on Windows, whose move refuses too, is it moved.
    /// </summary>
    /// <returns>Whether it is this file that stands there; false when another was first.</returns>
    /// <exception cref="IOException">It could not be put there, and nothing else is.</exception>
    internal static bool PutOnce(string finished, string place)
    {
        if (!OperatingSystem.IsWindows() && Link(finished, place) == 0) return true;

        try
        {
            if (!File.Exists(place)) File.Move(finished, place, overwrite: false);
            return !File.Exists(finished);
        }
        catch (IOException) when (File.Exists(place))
        {
            return false;
        }
    }

    [DllImport("libc", EntryPoint = "link", BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Link([MarshalAs(UnmanagedType.LPUTF8Str)] string existing, [MarshalAs(UnmanagedType.LPUTF8Str)] string name);

    /// <summary>The secret, sealed for this endpoint.</summary>
    internal string Seal(Guid endpointId, string secret)
    {
        var plain = Encoding.ASCII.GetBytes(secret);
        var box = new byte[1 + 12 + plain.Length + 16];
        box[0] = Version;
        var nonce = box.AsSpan(1, 12);
        RandomNumberGenerator.Fill(nonce);
        using var cipher = new AesGcm(_key, 16);
        cipher.Encrypt(nonce, plain, box.AsSpan(13, plain.Length), box.AsSpan(13 + plain.Length), endpointId.ToByteArray(bigEndian: true));
        return Convert.ToBase64String(box);
    }

    /// <summary>The secret that was sealed for this endpoint.</summary>
    /// <exception cref="CryptographicException">Sealed under another key, for another endpoint, or altered.</exception>
    internal string Unseal(Guid endpointId, string @sealed)
    {
        var box = Convert.FromBase64String(@sealed);
        if (box.Length < 29 || box[0] != Version) throw new CryptographicException("Not a sealed secret.");

        var plain = new byte[box.Length - 29];
        using var cipher = new AesGcm(_key, 16);
        cipher.Decrypt(box.AsSpan(1, 12), box.AsSpan(13, plain.Length), box.AsSpan(13 + plain.Length), plain, endpointId.ToByteArray(bigEndian: true));
        return Encoding.ASCII.GetString(plain);
    }

    /// <summary>The same; null when this vault cannot open it.</summary>
    internal string? TryUnseal(Guid endpointId, string @sealed)
    {
        try
        {
            return Unseal(endpointId, @sealed);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>A name for this content that only hosts with this key can make, always the same, and from which nothing leads back.</summary>
    internal byte[] NameFor(ReadOnlySpan<byte> content) => HMACSHA256.HashData(HKDF.Expand(HashAlgorithmName.SHA256, _key, 32, "mila names"u8.ToArray()), content);

    private static byte[] KeyIn(string text, string source)
    {
        var key = new byte[33];
        return Convert.TryFromBase64String(text.Trim(), key, out var length) && length == 32 ? key[..32] : throw new SettingException($"{source} must hold 32 bytes in base64.");
    }
}
