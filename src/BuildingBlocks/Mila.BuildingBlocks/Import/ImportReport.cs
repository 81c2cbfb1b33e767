using Mila.BuildingBlocks.Results;

namespace Mila.BuildingBlocks.Import;

/// <summary>What an import did, or every reason why it did nothing.</summary>
public sealed class ImportReport
{
    private readonly SortedDictionary<string, ImportCount> _counts = new(StringComparer.Ordinal);
    private readonly List<FieldError> _faults = [];

    /// <summary>Told after each item, for a progress bar.</summary>
    public Action? Progress { get; init; }

    /// <summary>Everything that is wrong with the file.</summary>
    public IReadOnlyList<FieldError> Faults => _faults;

    /// <summary>What was done, by kind of thing.</summary>
    public IReadOnlyDictionary<string, ImportCount> Counts => _counts;

    /// <summary>A fault of the file.</summary>
    public void Fault(string pointer, string code, string detail) => Fault(new FieldError(pointer, code, detail));

    /// <summary>The refusal of a rule, about what stands there.</summary>
    public void Fault(string pointer, Error refusal) => Fault(pointer, refusal.Code, refusal.Sentence);

    /// <summary>A fault of the file.</summary>
    public void Fault(FieldError fault)
    {
        _faults.Add(fault);
        Progress?.Invoke();
    }

    /// <summary>
    /// Whether an item has to be applied: not when what it says is what its document was made from.
    /// Counts it as created, changed or unchanged.
    /// </summary>
    public bool Applies<T>(string kind, ImportItem<T> item, bool exists, ImportMark? mark)
    {
        var unchanged = exists && mark?.Hash == item.Hash;
        Count(kind, c => !exists ? c with { Created = c.Created + 1 } : unchanged ? c with { Unchanged = c.Unchanged + 1 } : c with { Changed = c.Changed + 1 });
        return !unchanged;
    }

    private void Count(string kind, Func<ImportCount, ImportCount> add)
    {
        _counts[kind] = add(_counts.GetValueOrDefault(kind) ?? new ImportCount(0, 0, 0));
        Progress?.Invoke();
    }
}

/// <summary>How many of one kind.</summary>
public sealed record ImportCount(int Created, int Changed, int Unchanged);
