using System.Net;
using System.Net.Sockets;
using Mila.BuildingBlocks.Hosting;

namespace Mila.Partners.Webhooks.Guard;

/// <summary>
/// The networks that the operator opens on purpose (<c>Webhooks__AllowedNetworks</c>, CIDRs separated by commas). An address inside one may be dialled although it is
/// not public, over plain http and on any port. Link-local addresses, where clouds keep their credentials, can never be listed, in no notation.
/// </summary>
internal sealed class AllowedNetworks
{
    private static readonly AddressBlock[] s_never =
    [
        AddressBlock.Of("169.254.0.0/16"),
        AddressBlock.Of("fe80::/10"),
        AddressBlock.Of("::ffff:169.254.0.0/112"), // the same, mapped (RFC 4291)
        AddressBlock.Of("::169.254.0.0/112"), // the same, "compatible" (RFC 4291)
        AddressBlock.Of("64:ff9b::169.254.0.0/112"), // the same, behind NAT64 (RFC 6052)
        AddressBlock.Of("2002:a9fe::/32"), // the same, behind 6to4 (RFC 3056)
    ];

    private readonly AddressBlock[] _networks;

    private AllowedNetworks(AddressBlock[] networks) => _networks = networks;

    /// <summary>Nothing is opened.</summary>
    internal static AllowedNetworks None { get; } = new([]);

    /// <summary>True when the operator opened anything.</summary>
    internal bool Any => _networks.Length > 0;

    /// <summary>Reads the setting.</summary>
    /// <exception cref="SettingException">An entry is not a network or may not be opened: the host must not start.</exception>
    internal static AllowedNetworks Parse(string? setting)
    {
        var entries = (setting ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return entries.Length == 0 ? None : new AllowedNetworks([.. entries.Select(ParseEntry)]);
    }

    /// <summary>True when the operator opened this address. A mapped IPv4 address is not the IPv4 address that it maps.</summary>
    internal bool Contains(IPAddress address) =>
        address.ScopeIdOrZero() == 0
        && _networks.Any(network => network.Contains(address))
        && !s_never.Any(network => network.Contains(address));

    private static AddressBlock ParseEntry(string entry)
    {
        var network = AddressBlock.Parse(entry) ?? throw new SettingException($"Webhooks__AllowedNetworks: \"{entry}\" is not a network in CIDR notation such as 10.1.0.0/16.");

        return s_never.Any(never => never.Overlaps(network))
            ? throw new SettingException($"Webhooks__AllowedNetworks: \"{entry}\" holds link-local addresses (169.254.0.0/16, fe80::/10), which can never be opened.")
            : network;
    }
}

file static class Scopes
{
    internal static long ScopeIdOrZero(this IPAddress address) => address.AddressFamily == AddressFamily.InterNetworkV6 ? address.ScopeId : 0;
}
