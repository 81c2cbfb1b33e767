using System.Buffers.Binary;
using System.IO.Hashing;
using Mila.BuildingBlocks.Documents;
using Npgsql;

namespace Mila.BuildingBlocks.Outbox.DeadLetters;

/// <summary>A row of the outbox that its handler refused to the last try. It waits for a person, and holds nothing else back.</summary>
internal sealed record DeadLetter(
    Guid Id, Lane Lane, string Type, string Body, int Attempts, string Error, DateTimeOffset PublishedAt, DateTimeOffset ParkedAt) : IDocument
{
    public const string Columns = "id, subscriber, lane, type, body, attempts, coalesce(error, ''), published_at, parked_at";

    /// <summary>Another one each time the letter is parked.</summary>
    public Guid Version
    {
        get
        {
            Span<byte> state = stackalloc byte[28];
            Id.TryWriteBytes(state);
            BinaryPrimitives.WriteInt64BigEndian(state[16..], ParkedAt.UtcTicks);
            BinaryPrimitives.WriteInt32BigEndian(state[24..], Attempts);
            return new Guid(XxHash128.Hash(state));
        }
        set => throw new NotSupportedException("The version of a dead letter follows from its state.");
    }

    public static async Task<DeadLetter?> FindAsync(NpgsqlDataSource database, Guid id, CancellationToken ct)
    {
        await using var command = database.CreateCommand($"select {Columns} from mila.outbox where id = $1 and parked_at is not null");
        command.Parameters.Add(new() { Value = id });
        return (await ReadAsync(command, ct)).SingleOrDefault();
    }

    public static async Task<List<DeadLetter>> ReadAsync(NpgsqlCommand command, CancellationToken ct)
    {
        var letters = new List<DeadLetter>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            letters.Add(new DeadLetter(reader.GetGuid(0), new Lane(reader.GetString(1), reader.GetInt16(2)), reader.GetString(3), reader.GetString(4),
                reader.GetInt32(5), reader.GetString(6), reader.GetFieldValue<DateTimeOffset>(7), reader.GetFieldValue<DateTimeOffset>(8)));
        }

        return letters;
    }
}
