using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;

namespace Mila.BuildingBlocks.Security;

/// <summary>Stops a host that has an operation for which nobody said whom it is for. Such an operation refuses everybody anyway; this names it.</summary>
internal sealed class ScopesAreStated(EndpointDataSource endpoints) : IHostedLifecycleService
{
    /// <summary>The operations without a <see cref="RequiredScope"/>.</summary>
    internal static IReadOnlyList<string> Missing(EndpointDataSource endpoints) =>
        [.. endpoints.Endpoints.Where(endpoint => endpoint is RouteEndpoint && endpoint.Metadata.GetMetadata<RequiredScope>() is null).Select(endpoint => endpoint.DisplayName ?? "unnamed")];

    // Routes are known once the server has started.
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        var missing = Missing(endpoints);
        return missing.Count == 0
            ? Task.CompletedTask
            : throw new InvalidOperationException($"Say .RequireScope(…) or .Public() on: {string.Join(", ", missing)}.");
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
