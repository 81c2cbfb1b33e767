using System.Text.Json.Serialization;

namespace Mila.Partners.Discounts;

/// <summary>The codes of a discount that nobody has yet, in the order in which they came. Only the holder of the discount's row lock changes it.</summary>
internal sealed class CodePool : IDocument
{
    public const int Most = 10_000;

    private readonly List<string> _free;

    [JsonConstructor]
    private CodePool(Guid id, IReadOnlyList<string> free, int given) => (Id, _free, Given) = (id, [.. free], given);

    /// <summary>The discount.</summary>
    public Guid Id { get; }

    [JsonIgnore]
    public Guid Version { get; set; }

    public IReadOnlyList<string> Free => _free;

    /// <summary>How many have been given to members.</summary>
    public int Given { get; private set; }

    public static async Task<CodePool> FindAsync(IQuerySession session, Guid discountId, CancellationToken ct) => await session.LoadAsync<CodePool>(discountId, ct) ?? new CodePool(discountId, [], 0);

    /// <summary>The next code; null when there is none.</summary>
    public string? Take()
    {
        if (_free.Count == 0) return null;

        var code = _free[0];
        _free.RemoveAt(0);
        Given++;
        return code;
    }

    /// <summary>More codes; those that are in the pool or were given already are left out.</summary>
    public Result Add(IEnumerable<string> codes, IReadOnlySet<string> given)
    {
        var fresh = codes.Distinct(StringComparer.Ordinal).Where(c => !given.Contains(c)).Except(_free, StringComparer.Ordinal).ToArray();
        if (_free.Count + fresh.Length > Most) return DiscountErrors.PoolFull;

        _free.AddRange(fresh);
        return Result.Done;
    }
}
