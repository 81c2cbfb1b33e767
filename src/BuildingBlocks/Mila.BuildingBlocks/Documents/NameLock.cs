using Marten;
using Npgsql;

namespace Mila.BuildingBlocks.Documents;

/// <summary>How a free name is drawn: who draws for the same words waits until the transaction of who was first has ended, and then sees what is taken.</summary>
public static class NameLock
{
    /// <summary>Switched off only by the controls of race tests, which must fail then.</summary>
    internal static bool Enabled { get; set; } = true;

    /// <summary>Take the turn; it ends with the session's transaction, which begins here unless it has.</summary>
    /// <param name="session">Reads which names are taken and stores the one that was drawn.</param>
    /// <param name="kind">Of what it is the name: <c>member</c>.</param>
    /// <param name="words">What the name begins with.</param>
    /// <param name="ct">Stops waiting.</param>
    public static async Task LockNameAsync(this IDocumentSession session, string kind, string words, CancellationToken ct)
    {
        if (!Enabled) return;

        await session.BeginTransactionAsync(ct);
        await using var command = new NpgsqlCommand("select pg_advisory_xact_lock(hashtextextended($1, 0))") { Parameters = { new() { Value = $"{kind} {words}" } } };
        await using var reader = await session.ExecuteReaderAsync(command, ct);
        await reader.ReadAsync(ct);
    }
}
