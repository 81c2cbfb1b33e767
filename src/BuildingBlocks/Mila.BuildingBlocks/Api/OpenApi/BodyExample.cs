using Microsoft.AspNetCore.Builder;

namespace Mila.BuildingBlocks.Api.OpenApi;

/// <summary>What an answer in a shape of somebody else's looks like: it has no schema of ours to make an example from.</summary>
/// <param name="Json">One JSON object.</param>
internal sealed record BodyExample(string Json);

/// <summary>Examples beside routes.</summary>
public static class BodyExampleExtensions
{
    /// <summary>Show this in the contract as what the operation answers.</summary>
    /// <param name="route">The operation.</param>
    /// <param name="json">One JSON object.</param>
    public static RouteHandlerBuilder Example(this RouteHandlerBuilder route, [System.Diagnostics.CodeAnalysis.StringSyntax("json")] string json) => route.WithMetadata(new BodyExample(json));
}
