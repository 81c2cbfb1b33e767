using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Mila.BuildingBlocks.Hosting;
using IPNetwork = System.Net.IPNetwork;

namespace Mila.BuildingBlocks.Api;

/// <summary>
/// The proxies that stand before this server, by the setting <c>TrustedProxies</c> (CIDRs separated by commas). Whose connection comes from one of them is who its <c>X-Forwarded-For</c>
/// and <c>X-Forwarded-Proto</c> say; nobody else is believed, because anybody can write these headers. Without it, all who come through a proxy are one caller, with one quota.
/// </summary>
internal sealed class TrustedProxies
{
    public const string Setting = "TrustedProxies";

    private readonly IPNetwork[] _networks;

    private TrustedProxies(IPNetwork[] networks) => _networks = networks;

    /// <exception cref="SettingException">An entry is not a network.</exception>
    public static TrustedProxies Read(IConfiguration configuration) =>
        new([.. (configuration[Setting] ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Parse)]);

    /// <summary>Before everything that asks who is calling.</summary>
    public static void Use(IApplicationBuilder app)
    {
        if (app.ApplicationServices.GetRequiredService<TrustedProxies>()._networks is not { Length: > 0 } networks) return;

        // However many of them stand in a row: the first address from the right that is none of theirs is the caller.
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto, ForwardLimit = null };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var network in networks) options.KnownIPNetworks.Add(network);
        app.UseForwardedHeaders(options);
    }

    private static IPNetwork Parse(string entry) =>
        IPNetwork.TryParse(entry, out var network) ? network
        : IPAddress.TryParse(entry, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
        : throw new SettingException($"{Setting}: \"{entry}\" is not a network in CIDR notation such as 172.16.0.0/12.");
}
