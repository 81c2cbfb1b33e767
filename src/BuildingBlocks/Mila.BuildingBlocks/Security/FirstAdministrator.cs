using JasperFx;
using Marten;
using Marten.Services;
using Mila.BuildingBlocks.Security.ApiKeys;
using Npgsql;

namespace Mila.BuildingBlocks.Security;

/// <summary>The key with which everything begins, in the file <c>admin.key</c> that only its owner can read.</summary>
internal sealed class FirstAdministrator(IDocumentStore store, NpgsqlDataSource database, KeyRing keys, TimeProvider clock)
{
    public const string FileName = "admin.key";
    public const string KeyName = "First administrator";

    // A fixed id: hosts that start together on an empty database insert the same row, and one of them wins.
    private static readonly Guid FirstId = new("00000000-0000-7000-8000-000000000001");

    /// <summary>At the first start, makes the key and writes it into the folder; later, and on every other host, does nothing.</summary>
    /// <returns>True when a key was made.</returns>
    public async Task<bool> EnsureAsync(string folder, CancellationToken ct)
    {
        await using (var session = store.QuerySession())
        {
            if (await session.Query<ApiKey>().AnyAsync(key => key.Kind == KeyKind.Admin, ct)) return false;
        }

        try
        {
            await WriteWithAsync(folder, ApiKey.IssueAdministrator(FirstId, KeyName, clock.GetUtcNow()), [], ct);
            return true;
        }
        catch (DocumentAlreadyExistsException)
        {
            return false;
        }
    }

    /// <summary>Makes another key for who has lost the file, writes it there and revokes the one that the file held before.</summary>
    public async Task ReplaceAsync(string folder, CancellationToken ct)
    {
        await using var session = store.QuerySession();
        var old = await session.Query<ApiKey>().Where(key => key.Name == KeyName && key.Kind == KeyKind.Admin && key.RevokedAt == null).ToListAsync(ct);
        var now = clock.GetUtcNow();
        foreach (var key in old) key.Revoke(now);

        await WriteWithAsync(folder, ApiKey.IssueAdministrator(Guid.CreateVersion7(now), KeyName, now), old, ct);
        foreach (var key in old) keys.Forget(key.Hash);
    }

    // The row is inserted first, which makes other hosts wait; then the file; then the commit. Whatever crashes, a committed key is in the file.
    private async Task WriteWithAsync(string folder, IssuedKey issued, IReadOnlyList<ApiKey> revoked, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using var session = store.LightweightSession(SessionOptions.ForTransaction(transaction));
        session.Insert(issued.Key);
        session.Store<ApiKey>([.. revoked]);
        await session.SaveChangesAsync(ct);

        await WriteAsync(Path.Combine(folder, FileName), issued.Secret, ct);
        await transaction.CommitAsync(ct);
    }

    private static async Task WriteAsync(string path, string secret, CancellationToken ct)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var unfinished = path + ".new";
        File.Delete(unfinished);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        await using (var stream = new FileStream(unfinished, options))
        {
            await using var writer = new StreamWriter(stream);
            await writer.WriteLineAsync(secret.AsMemory(), ct);
            await writer.FlushAsync(ct);
            stream.Flush(flushToDisk: true);
        }

        File.Move(unfinished, path, overwrite: true);
    }
}
