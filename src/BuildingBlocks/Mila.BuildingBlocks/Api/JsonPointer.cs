using System.Text;

namespace Mila.BuildingBlocks.Api;

/// <summary>JSON Pointers (RFC 6901), by which faults say where they are.</summary>
internal static class JsonPointer
{
    /// <summary>A member's name as one step of a pointer.</summary>
    public static string Escape(string name) => name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    /// <summary>System.Text.Json's <c>$.a['b.c'][0]</c> as <c>/a/b.c/0</c>. A name that it quotes ends where another step begins; it escapes none.</summary>
    public static string OfPath(string? path)
    {
        var pointer = new StringBuilder();
        for (var at = 1; at < path?.Length;)
        {
            var quoted = path.AsSpan(at).StartsWith("['");
            var start = at + (quoted ? 2 : 1);
            var end = quoted ? EndOfQuoted(path, start) : EndOfPlain(path, start);
            pointer.Append('/').Append(Escape(path[start..end]));
            at = end + (quoted ? 2 : path[at] == '[' ? 1 : 0);
        }

        return pointer.ToString();
    }

    /// <summary>The pointer to a member that the reader does not know. The path of the fault may or may not end with its name already.</summary>
    public static string OfUnknown(string? path, string name)
    {
        foreach (var last in new[] { $"['{name}']", $".{name}" })
        {
            if (path?.EndsWith(last, StringComparison.Ordinal) == true) return $"{OfPath(path[..^last.Length])}/{Escape(name)}";
        }

        return $"{OfPath(path)}/{Escape(name)}";
    }

    private static int EndOfPlain(string path, int start) => path.AsSpan(start).IndexOfAny('.', '[', ']') is >= 0 and var length ? start + length : path.Length;

    private static int EndOfQuoted(string path, int start)
    {
        for (var end = path.IndexOf("']", start, StringComparison.Ordinal); end >= 0; end = path.IndexOf("']", end + 1, StringComparison.Ordinal))
        {
            if (end + 2 == path.Length || path[end + 2] is '.' or '[') return end;
        }

        return path.Length - 2;
    }
}
