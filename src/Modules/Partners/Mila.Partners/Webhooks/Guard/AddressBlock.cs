using System.Globalization;
using System.Net;

namespace Mila.Partners.Webhooks.Guard;

/// <summary>
/// A block of addresses in CIDR notation, compared by its bits. <see cref="IPNetwork"/> is not used: in .NET 10.0 its <c>Contains</c> takes 2000::/3 to hold
/// ::ffff:8.8.8.8, and an IPv4 address in an IPv6 one is just what must not be mistaken here.
/// </summary>
internal sealed class AddressBlock
{
    private readonly byte[] _first;
    private readonly int _bits;

    private AddressBlock(byte[] first, int bits) => (_first, _bits) = (first, bits);

    /// <summary>A block that is known to be one.</summary>
    internal static AddressBlock Of(string cidr) => Parse(cidr) ?? throw new FormatException(cidr);

    /// <summary><c>10.1.0.0/16</c> or a single address; null for anything else, a block with bits beyond its length included.</summary>
    internal static AddressBlock? Parse(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (!IPAddress.TryParse(slash < 0 ? text : text[..slash], out var address) || text.Contains('%', StringComparison.Ordinal)) return null;

        var first = address.GetAddressBytes();
        var bits = first.Length * 8;
        if (slash >= 0 && (!int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out bits) || bits > first.Length * 8)) return null;

        var block = new AddressBlock(first, bits);
        return Enumerable.Range(bits, (first.Length * 8) - bits).All(bit => (first[bit / 8] & (0x80 >> (bit % 8))) == 0) ? block : null;
    }

    /// <summary>True for an address of the same family whose first bits are the block's.</summary>
    internal bool Contains(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        return address.TryWriteBytes(bytes, out var length) && Contains(bytes[..length]);
    }

    /// <summary>True when some address is in both.</summary>
    internal bool Overlaps(AddressBlock other) => _bits <= other._bits ? Contains(other._first) : other.Contains(_first);

    private bool Contains(ReadOnlySpan<byte> address)
    {
        if (address.Length != _first.Length) return false;

        var whole = _bits / 8;
        if (!address[..whole].SequenceEqual(_first.AsSpan(0, whole))) return false;

        return _bits % 8 == 0 || ((address[whole] ^ _first[whole]) >> (8 - (_bits % 8))) == 0;
    }
}
