using Mila.BuildingBlocks.Results;

namespace Mila.BuildingBlocks.Outbox.DeadLetters;

internal static class DeadLetterErrors
{
    public static readonly UnknownError Unknown = new("dead-letter-unknown", "There is no such dead letter.", "Il n’y a pas de telle lettre morte.");
}
