namespace Mila.BuildingBlocks.Api.RateLimiting;

/// <summary>How an operation is limited when it says so itself; the last one stated wins.</summary>
internal sealed class RateLimited
{
    public static readonly RateLimited AsForm = new();
    public static readonly RateLimited AsGuess = new();
    public static readonly RateLimited AsTrial = new();
    public static readonly RateLimited Never = new();

    private RateLimited()
    {
    }
}
