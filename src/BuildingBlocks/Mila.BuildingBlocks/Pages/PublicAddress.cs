using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.Configuration;
using Mila.BuildingBlocks.Hosting;

namespace Mila.BuildingBlocks.Pages;

/// <summary>
/// Under which this server is known outside: the setting <c>PublicUrl</c>, and without it what the caller wrote into the address bar. Feeds, pages and webhooks make their absolute
/// addresses here. Behind a proxy that ends TLS only the setting is right.
/// </summary>
public sealed class PublicAddress
{
    /// <summary>The name of the setting.</summary>
    public const string Setting = "PublicUrl";

    /// <summary>Under this name the configuration has the address on this machine, for what is written when nobody has asked; the host says it, not the operator.</summary>
    public const string Local = "LocalUrl";

    private PublicAddress(string? configured) => Configured = configured;

    /// <summary>What the operator said, such as <c>https://mila.example</c>, without a slash at its end; null when nothing was said.</summary>
    public string? Configured { get; }

    /// <summary>The beginning of every absolute address for this caller, without a slash at its end.</summary>
    public string Of(HttpRequest request) => Configured ?? UriHelper.BuildAbsolute(request.Scheme, request.Host, request.PathBase).TrimEnd('/');

    /// <summary>The absolute address of a path, which begins with a slash, for this caller.</summary>
    public string Of(HttpRequest request, string path) => Of(request) + path;

    /// <summary>The address of a path where nobody has asked: absolute when the operator said under what, else the path itself.</summary>
    public string OrPath(string path) => Configured + path;

    internal static PublicAddress Read(IConfiguration configuration) => Parse(configuration[Setting]);

    /// <exception cref="SettingException">Not an absolute http or https address, or one with a user, a query or a fragment.</exception>
    internal static PublicAddress Parse(string? setting)
    {
        if (string.IsNullOrWhiteSpace(setting)) return new PublicAddress(null);

        return Uri.TryCreate(setting.Trim(), UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttps || url.Scheme == Uri.UriSchemeHttp) && (url.UserInfo + url.Query + url.Fragment).Length == 0
            ? new PublicAddress(url.AbsoluteUri.TrimEnd('/'))
            : throw new SettingException($"{Setting}: \"{setting}\" is not an address such as https://mila.example.");
    }
}
