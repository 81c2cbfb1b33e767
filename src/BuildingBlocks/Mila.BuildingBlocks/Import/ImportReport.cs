using FluentValidation;
using Mila.BuildingBlocks.Api;
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

    /// <summary>Whether the request that was made of an item has the shape of one; what is wrong with it is told by the names that the file uses.</summary>
    /// <param name="item">The item.</param>
    /// <param name="validator">What says it.</param>
    /// <param name="request">What was made of the item.</param>
    /// <param name="names">What the request calls otherwise than the file: the pointer there, and the one in the item.</param>
    public bool Accepts<T, TRequest>(ImportItem<T> item, IValidator<TRequest> validator, TRequest request, params IEnumerable<(string Ours, string Files)> names) => Accepts(item, validator.Faults(request), names);

    /// <summary>The same of faults that were found already.</summary>
    public bool Accepts<T>(ImportItem<T> item, IReadOnlyList<FieldError> faults, params IEnumerable<(string Ours, string Files)> names)
    {
        foreach (var fault in faults) Fault(item.AtItsPlace(fault, names));
        return faults.Count == 0;
    }

    /// <summary>
    /// Whether an item has to be applied: not when what it says is what its document was made from. Counts what is made of it and what is left alone;
    /// a correction is counted by <see cref="Corrected"/>, when it is known whether it changes anything.
    /// </summary>
    public bool Applies<T>(string kind, ImportItem<T> item, bool exists, ImportMark? mark)
    {
        var unchanged = exists && mark?.Hash == item.Hash;
        if (!exists) Count(kind, c => c with { Created = c.Created + 1 });
        else if (unchanged) Count(kind, c => c with { Unchanged = c.Unchanged + 1 });
        return !unchanged;
    }

    /// <summary>What the file says anew of something that exists was applied.</summary>
    /// <param name="kind">The kind of thing.</param>
    /// <param name="changed">Whether it reads differently now.</param>
    public void Corrected(string kind, bool changed) => Count(kind, c => changed ? c with { Changed = c.Changed + 1 } : c with { Unchanged = c.Unchanged + 1 });

    /// <summary>The same of what reads as a request: whether it reads differently after the correction.</summary>
    public bool Corrected<TRequest>(string kind, TRequest before, TRequest after)
        where TRequest : class
    {
        var changed = Correction.Differs(before, after);
        Corrected(kind, changed);
        return changed;
    }

    private void Count(string kind, Func<ImportCount, ImportCount> add)
    {
        _counts[kind] = add(_counts.GetValueOrDefault(kind) ?? new ImportCount(0, 0, 0));
        Progress?.Invoke();
    }
}

/// <summary>How many of one kind.</summary>
public sealed record ImportCount(int Created, int Changed, int Unchanged);
