using System.Globalization;
using Npgsql;

namespace Mila.Partners.Evidence;

/// <summary>The part of the ledger that has something to do with these days, what was withdrawn left out.</summary>
internal static class EvidenceBetween
{
    public static async Task<IReadOnlyList<EvidenceEntry>> ReadAsync(IQuerySession session, DateOnly from, DateOnly to, CancellationToken ct)
    {
        var table = session.DocumentStore.Options.FindOrResolveDocumentType(typeof(EvidenceEntry)).TableName.QualifiedName;
        var serializer = ((Marten.DocumentStore)session.DocumentStore).Serializer;
        await using var command = new NpgsqlCommand($"""
            select data from {table} where coalesce(data ->> 'endsOn', '') collate "C" >= $1 and coalesce(data ->> 'startsOn', '') collate "C" <= $2 and data ->> 'withdrawn' = 'false'
            """);
        command.Parameters.Add(new() { Value = from.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) });
        command.Parameters.Add(new() { Value = to.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) });
        var found = new List<EvidenceEntry>();
        await using var reader = await session.ExecuteReaderAsync(command, ct);
        while (await reader.ReadAsync(ct)) found.Add(serializer.FromJson<EvidenceEntry>(reader, 0));
        return found;
    }
}
