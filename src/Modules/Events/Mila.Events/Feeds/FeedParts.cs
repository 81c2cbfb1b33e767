namespace Mila.Events.Feeds;

/// <summary>A feed as the parts that it is made of. It is as long as they are together, so it is put together without being copied as it grows.</summary>
internal sealed class FeedParts
{
    private readonly List<ReadOnlyMemory<byte>> _parts = [];
    private int _length;

    /// <summary>Comes after those that were added before.</summary>
    public void Add(ReadOnlyMemory<byte> part)
    {
        _parts.Add(part);
        _length += part.Length;
    }

    /// <summary>All of them, one after the other.</summary>
    public byte[] Join()
    {
        var (bytes, at) = (GC.AllocateUninitializedArray<byte>(_length), 0);
        foreach (var part in _parts)
        {
            part.CopyTo(bytes.AsMemory(at));
            at += part.Length;
        }

        return bytes;
    }
}
