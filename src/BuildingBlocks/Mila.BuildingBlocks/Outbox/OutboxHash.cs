using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text;

namespace Mila.BuildingBlocks.Outbox;

/// <summary>Hashes that are the same on every host and in every version: they choose lanes and locks.</summary>
internal static class OutboxHash
{
    public static ulong Of(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes);
        return XxHash64.HashToUInt64(bytes);
    }

    public static ulong Of(string text) => XxHash64.HashToUInt64(Encoding.UTF8.GetBytes(text));
}
