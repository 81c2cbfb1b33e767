using Microsoft.AspNetCore.Http.HttpResults;
using Mila.BuildingBlocks.Api;
using Mila.BuildingBlocks.Results;
using Npgsql;

namespace Mila.BuildingBlocks.Outbox.DeadLetters;

internal static class ReadDeadLetter
{
    /// <summary>Read a dead letter.</summary>
    internal static async Task<Results<Tagged<DeadLetterResponse>, ProblemHttpResult>> Handle(Guid letterId, NpgsqlDataSource database, CancellationToken ct)
    {
        var letter = await DeadLetter.FindAsync(database, letterId, ct);
        return letter is null ? DeadLetterErrors.Unknown.ToProblem() : Etag.Ok(DeadLetterResponse.Of(letter), letter);
    }
}
