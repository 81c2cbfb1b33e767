using Marten;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Mila.BuildingBlocks.Api;
using Mila.BuildingBlocks.Results;
using Npgsql;

namespace Mila.BuildingBlocks.Outbox.DeadLetters;

internal static class DiscardDeadLetter
{
    /// <summary>Throw a dead letter away. Its handler will never act on it.</summary>
    internal static async Task<Results<NoContent, ProblemHttpResult>> Handle(
        Guid letterId, IfMatch ifMatch, NpgsqlDataSource database, IDocumentSession session, CancellationToken ct)
    {
        var letter = await DeadLetter.FindAsync(database, letterId, ct);
        if (letter is null) return DeadLetterErrors.Unknown.ToProblem();

        if (!ifMatch.Allows(letter, out var stale)) return stale;

        session.QueueOperation(new DeadLetterChange(letter, "delete from mila.outbox"));
        await session.SaveChangesAsync(ct);
        return TypedResults.NoContent();
    }
}
