using System.Net;
using System.Net.Sockets;

namespace Mila.Partners.Webhooks.Guard;

/// <summary>
/// Which addresses a webhook may be dialled at (API.md W9). IPv4: none of the special-use ranges of the IANA registry (RFC 6890, RFC 8190 and successors).
/// IPv6: only 2000::/3, and in it none of the ranges that are special or that carry an IPv4 address.
/// </summary>
internal static class AddressRules
{
    private static readonly AddressBlock s_globalUnicast = AddressBlock.Of("2000::/3");

    private static readonly AddressBlock[] s_refused =
    [
        AddressBlock.Of("0.0.0.0/8"), // this network, RFC 791
        AddressBlock.Of("10.0.0.0/8"), // private, RFC 1918
        AddressBlock.Of("100.64.0.0/10"), // shared by carriers, RFC 6598
        AddressBlock.Of("127.0.0.0/8"), // loopback, RFC 1122
        AddressBlock.Of("169.254.0.0/16"), // link-local and cloud metadata, RFC 3927
        AddressBlock.Of("172.16.0.0/12"), // private, RFC 1918
        AddressBlock.Of("192.0.0.0/24"), // IETF protocol assignments, RFC 6890
        AddressBlock.Of("192.0.2.0/24"), // documentation, RFC 5737
        AddressBlock.Of("192.31.196.0/24"), // AS112, RFC 7535
        AddressBlock.Of("192.52.193.0/24"), // AMT, RFC 7450
        AddressBlock.Of("192.88.99.0/24"), // 6to4 relays, RFC 7526
        AddressBlock.Of("192.168.0.0/16"), // private, RFC 1918
        AddressBlock.Of("192.175.48.0/24"), // AS112, RFC 7534
        AddressBlock.Of("198.18.0.0/15"), // benchmarks, RFC 2544
        AddressBlock.Of("198.51.100.0/24"), // documentation, RFC 5737
        AddressBlock.Of("203.0.113.0/24"), // documentation, RFC 5737
        AddressBlock.Of("224.0.0.0/4"), // multicast, RFC 5771
        AddressBlock.Of("240.0.0.0/4"), // reserved and broadcast, RFC 1112, RFC 919
        AddressBlock.Of("2001::/23"), // IETF protocol assignments: Teredo, benchmarks, ORCHID, RFC 2928
        AddressBlock.Of("2001:db8::/32"), // documentation, RFC 3849
        AddressBlock.Of("2002::/16"), // 6to4: carries any IPv4 address, RFC 3056
        AddressBlock.Of("2620:4f:8000::/48"), // AS112, RFC 7534
        AddressBlock.Of("3ffe::/16"), // returned by the 6bone, RFC 3701
        AddressBlock.Of("3fff::/20"), // documentation, RFC 9637
    ];

    /// <summary>True for an address of the public internet.</summary>
    internal static bool IsPublic(IPAddress address)
    {
        if (address.AddressFamily is not (AddressFamily.InterNetwork or AddressFamily.InterNetworkV6)) return false;
        if (address.AddressFamily == AddressFamily.InterNetworkV6 && (address.ScopeId != 0 || !s_globalUnicast.Contains(address) || CarriesIsatap(address))) return false;

        foreach (var network in s_refused)
        {
            if (network.Contains(address)) return false;
        }

        return true;
    }

    /// <summary>ISATAP (RFC 5214) hides an IPv4 address behind any prefix: interface ids <c>[02]00:5efe:a.b.c.d</c>.</summary>
    private static bool CarriesIsatap(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        return address.TryWriteBytes(bytes, out _) && bytes[8] is 0 or 2 && bytes[9] == 0 && bytes[10] == 0x5e && bytes[11] == 0xfe;
    }
}
