using System.Security.Cryptography;
using Npgsql;
using Weasel.Postgresql;

namespace Mila.BuildingBlocks.Documents;

/// <summary>
/// The key that cursors and links are signed with: drawn once for the database, so that every host of it knows the same one. Nothing that leaves carries it.
/// </summary>
internal sealed class SigningKey
{
    private byte[]? _bytes;

    public static Weasel.Postgresql.Tables.Table Table()
    {
        var table = new Weasel.Postgresql.Tables.Table(new PostgresqlObjectName("mila", "signing_key", SchemaUtils.IdentifierUsage.General));
        table.AddColumn("one", "boolean").AsPrimaryKey();
        table.AddColumn("bytes", "bytea").NotNull();
        return table;
    }

    public byte[] Bytes => _bytes ?? throw new InvalidOperationException("The signing key is read when the host starts.");

    public async Task LoadAsync(NpgsqlDataSource database, CancellationToken ct)
    {
        await using var command = database.CreateCommand("""
            with drawn as (insert into mila.signing_key (one, bytes) values (true, $1) on conflict (one) do nothing returning bytes)
            select bytes from drawn union all select bytes from mila.signing_key limit 1
            """);
        command.Parameters.Add(new() { Value = RandomNumberGenerator.GetBytes(32) });
        _bytes = (byte[]?)await command.ExecuteScalarAsync(ct);
        if (_bytes is null) await LoadAsync(database, ct);
    }
}
