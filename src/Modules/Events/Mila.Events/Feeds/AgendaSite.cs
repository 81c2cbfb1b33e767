using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Mila.BuildingBlocks.Pages;

namespace Mila.Events.Feeds;

/// <summary>
/// Where the public finds this server. Feeds are read far from it, so their addresses are absolute, and they are written before anybody asks, so no
/// request can say them: it is the setting <c>PublicUrl</c>, or else the address that the server listens on.
/// </summary>
internal sealed class AgendaSite(PublicAddress address, IServer server, AgendaSettings? settings = null)
{
    private readonly Lazy<string> _origin = new(() => address.Configured ?? Listening(server));

    /// <summary><c>https://mila.example</c>, without a slash at its end.</summary>
    public string Origin => _origin.Value;

    /// <summary>The absolute address of a path.</summary>
    public string Url(string path) => Origin + path;

    /// <summary>Whether pages show a picture themselves: it stands here, or on a site that the operator calls the house's own. Of any other a page loads nothing.</summary>
    public bool Shows(string url) => url.StartsWith(Origin + "/", StringComparison.Ordinal) || OriginShown(url) is not null;

    /// <summary>The origin of a picture on such a site; null for any other, and for what stands here.</summary>
    public string? OriginShown(string? url) => url is null ? null : settings?.ImageOrigins.FirstOrDefault(o => url.StartsWith(o + "/", StringComparison.OrdinalIgnoreCase));

    private static string Listening(IServer server) =>
        server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() is { } address ? $"http://localhost:{BindingAddress.Parse(address).Port}" : "http://localhost";
}
