using Mila.BuildingBlocks.Results;

namespace Mila.BuildingBlocks.Api.Idempotency;

internal static class IdempotencyErrors
{
    public static readonly MalformedError KeyMalformed = new("idempotency-key-malformed", "An Idempotency-Key is 1 to 255 printable ASCII characters.", "Une Idempotency-Key fait 1 à 255 caractères ASCII imprimables.");
    public static readonly InvalidError KeyReused = new("idempotency-key-reused", "This Idempotency-Key was used with another body.", "Cette Idempotency-Key a servi avec un autre corps.");
    public static readonly ConflictError StillRunning = new("idempotency-key-in-use", "A request with this Idempotency-Key is still running.", "Une requête avec cette Idempotency-Key est encore en cours.");
}
