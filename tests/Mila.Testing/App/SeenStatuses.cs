using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Mila.Testing.App;

/// <summary>Every status that a test has seen is in the contract (API.md R10): a class that saw another fails at its end.</summary>
internal sealed class SeenStatuses : IStartupFilter
{
    private static IReadOnlySet<(string Operation, int Status)>? _declared;
    private readonly ConcurrentDictionary<(string Operation, int Status), byte> _seen = new();

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(async (context, go) =>
        {
            await go(context);
            if (context.GetEndpoint() is RouteEndpoint endpoint && endpoint.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName is { } name && !context.RequestAborted.IsCancellationRequested)
            {
                _seen.TryAdd((name, context.Response.StatusCode), 0);
            }
        });
        next(app);
    };

    /// <summary>What was answered although the contract does not say so.</summary>
    public async Task<IReadOnlyList<string>> NotDeclaredAsync(TestMila mila)
    {
        if (_seen.IsEmpty) return [];

        _declared ??= await DeclaredAsync(mila);
        var known = _declared.Select(d => d.Operation).ToHashSet(StringComparer.Ordinal);
        return [.. _seen.Keys.Where(s => known.Contains(s.Operation) && !_declared.Contains(s)).Select(s => $"{s.Operation} {s.Status}").Order(StringComparer.Ordinal)];
    }

    private static async Task<HashSet<(string Operation, int Status)>> DeclaredAsync(TestMila mila)
    {
        using var nobody = mila.Anonymous();
        using var document = JsonDocument.Parse(await nobody.GetStringAsync("/openapi/v1.json"));
        return [.. document.RootElement.GetProperty("paths").EnumerateObject().SelectMany(p => p.Value.EnumerateObject()).SelectMany(m => m.Value.GetProperty("responses").EnumerateObject()
            .Select(r => (m.Value.GetProperty("operationId").GetString()!, int.Parse(r.Name, CultureInfo.InvariantCulture))))];
    }
}
