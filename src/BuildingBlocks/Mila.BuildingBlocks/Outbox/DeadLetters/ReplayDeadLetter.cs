using Marten;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Mila.BuildingBlocks.Results;
using Npgsql;

namespace Mila.BuildingBlocks.Outbox.DeadLetters;

internal static class ReplayDeadLetter
{
    /// <summary>Give a dead letter to its handler again, with all its tries. Later notifications of its aggregate have passed it meanwhile.</summary>
    internal static async Task<Results<Accepted, ProblemHttpResult>> Handle(Guid letterId, NpgsqlDataSource database, IDocumentSession session, CancellationToken ct)
    {
        var letter = await DeadLetter.FindAsync(database, letterId, ct);
        if (letter is null) return DeadLetterErrors.Unknown.ToProblem();

        session.QueueOperation(new DeadLetterChange(letter, "update mila.outbox set attempts = 0, error = null, parked_at = null, due_at = '-infinity'"));
        session.Pended().Written(letter.Lane);
        await session.SaveChangesAsync(ct);
        return TypedResults.Accepted((string?)null);
    }
}
