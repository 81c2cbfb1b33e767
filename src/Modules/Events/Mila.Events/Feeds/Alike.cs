namespace Mila.Events.Feeds;

/// <summary>
/// What many events say alike, such as where they take place and who speaks, kept once for all of them: they are read from documents that each say it anew, and stay
/// for more than a year.
/// </summary>
internal sealed class Alike
{
    private readonly Dictionary<object, object> _known = [];

    /// <summary>The first value that is equal to this one.</summary>
    public T Of<T>(T value)
        where T : class
    {
        if (_known.TryGetValue(value, out var known)) return (T)known;

        _known[value] = value;
        return value;
    }

    /// <summary>The same of each.</summary>
    public IReadOnlyList<T> All<T>(IReadOnlyList<T> values)
        where T : class => values.Count == 0 ? [] : (T[])[.. values.Select(Of)];
}
