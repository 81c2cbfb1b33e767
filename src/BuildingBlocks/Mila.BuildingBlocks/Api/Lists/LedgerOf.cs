using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Mila.BuildingBlocks.Documents;
using Mila.BuildingBlocks.Results;

namespace Mila.BuildingBlocks.Api.Lists;

/// <summary>A list of a table that only grows (API.md R4): newest first, paged by its sequence. The statement is the slice's own; this reads the query and makes the page.</summary>
/// <param name="name">What it is a list of: cursors of one ledger do not fit another.</param>
/// <param name="filters">Names of the filters, each with one sentence.</param>
public sealed class LedgerOf(string name, params (string Name, string Help)[] filters)
{
    private const int DefaultLimit = 50;
    private const int MaxLimit = 250;
    private const int MaxValueLength = 200;

    internal ListDescription Description => new([], [.. filters.Select(f => (f.Name, f.Help, (string[]?)null))]);

    /// <summary>What is asked, or the fault of the query.</summary>
    public Result<LedgerQuery> Read(ListRequest request)
    {
        if (!ReadWithout(request, "after").Succeeded(out var query, out var fault)) return fault;
        if (request.Context.Request.Query["after"] is not [{ } after]) return query;

        return Cursor.Open(after, SigningKeyOf(request), Fingerprint(request, query.Filters)) is { } cursor
            ? query with { Before = long.Parse(cursor.Key, CultureInfo.InvariantCulture) }
            : ListErrors.At("after", "cursor-invalid", Languages.Say("This cursor does not belong to this query.", "Ce curseur n’appartient pas à cette requête."));
    }

    /// <summary>What is asked but for these parameters, which the slice reads itself.</summary>
    internal Result<LedgerQuery> ReadWithout(ListRequest request, params string[] own)
    {
        var asked = request.Context.Request.Query;
        if (asked.Keys.FirstOrDefault(k => k is not "limit" && !own.Contains(k) && !filters.Any(f => f.Name == k)) is { } unknown) return ListErrors.At(unknown, "unknown-parameter", Languages.Say("This list has no such parameter.", "Cette liste n’a pas ce paramètre."));
        if (asked.FirstOrDefault(q => q.Value.Count != 1) is { Key: not null } repeated) return ListErrors.At(repeated.Key, "repeated-parameter", Languages.Say("Say this once.", "À dire une seule fois."));

        var limit = DefaultLimit;
        if (asked["limit"] is [{ } wanted] && (!int.TryParse(wanted, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit is < 1 or > MaxLimit))
        {
            return ListErrors.At("limit", "out-of-range", Languages.Say($"From 1 to {MaxLimit}.", $"De 1 à {MaxLimit}."));
        }

        var values = filters.Where(f => asked.ContainsKey(f.Name)).ToDictionary(f => f.Name, f => asked[f.Name].ToString());
        if (values.FirstOrDefault(v => v.Value.Length > MaxValueLength || v.Value.Contains('\0', StringComparison.Ordinal)) is { Key: not null } odd) return ListErrors.At(odd.Key, "malformed", Languages.Say("Not a value of this field.", "Ce n’est pas une valeur de ce champ."));
        return new LedgerQuery(limit, null, values);
    }

    /// <summary>The page, from what the slice found with <see cref="LedgerQuery.Take"/>.</summary>
    public Ok<Page<T>> Answer<T>(ListRequest request, LedgerQuery query, IReadOnlyList<(long Seq, T Item)> found)
    {
        if (found.Count <= query.Limit) return TypedResults.Ok(new Page<T>([.. found.Select(f => f.Item)], null));

        var last = new Cursor(found[query.Limit - 1].Seq.ToString(CultureInfo.InvariantCulture), Guid.Empty);
        var next = request.NextUrl(last.Seal(SigningKeyOf(request), Fingerprint(request, query.Filters)));
        return TypedResults.Ok(new Page<T>([.. found.Take(query.Limit).Select(f => f.Item)], next));
    }

    private static byte[] SigningKeyOf(ListRequest request) => request.Context.RequestServices.GetRequiredService<SigningKey>().Bytes;

    internal string Fingerprint(ListRequest request, IReadOnlyDictionary<string, string> values) =>
        $"{name}\n{request.Context.Request.Path}\n{string.Join('\n', values.OrderBy(v => v.Key, StringComparer.Ordinal).Select(v => $"{v.Key}={v.Value}"))}";
}

/// <summary>What is asked of a ledger.</summary>
/// <param name="Limit">Items on the page.</param>
/// <param name="Before">Only rows of a smaller sequence; null on the first page.</param>
/// <param name="Filters">The filters that were given, by name.</param>
public sealed record LedgerQuery(int Limit, long? Before, IReadOnlyDictionary<string, string> Filters)
{
    /// <summary>How many rows to fetch: one more than the page shows, to know whether there is a next one.</summary>
    public int Take => Limit + 1;
}

/// <summary>Routes of ledgers.</summary>
public static class LedgerRouting
{
    /// <summary>A ledger, whose query its definition describes.</summary>
    public static RouteHandlerBuilder MapLedger(this IEndpointRouteBuilder routes, string pattern, Delegate handler, LedgerOf ledger) =>
        routes.MapGet(pattern, handler).WithMetadata(ledger.Description).ProducesProblems(400);
}
