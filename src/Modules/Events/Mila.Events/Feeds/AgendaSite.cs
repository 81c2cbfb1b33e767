using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Mila.BuildingBlocks.Pages;

namespace Mila.Events.Feeds;

/// <summary>
/// Where the public finds this server. Feeds are read far from it, so their addresses are absolute, and they are written before anybody asks, so no
/// request can say them: it is the setting <c>PublicUrl</c>, or else the address that the server listens on.
/// </summary>
internal sealed class AgendaSite(PublicAddress address, IServer server)
{
    private readonly Lazy<string> _origin = new(() => address.Configured ?? Listening(server));

    /// <summary><c>https://mila.example</c>, without a slash at its end.</summary>
    public string Origin => _origin.Value;

    /// <summary>The absolute address of a path.</summary>
    public string Url(string path) => Origin + path;

    private static string Listening(IServer server) =>
        server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() is { } address ? $"http://localhost:{BindingAddress.Parse(address).Port}" : "http://localhost";
}
