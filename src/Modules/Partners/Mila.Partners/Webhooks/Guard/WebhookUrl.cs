using System.Net;
using System.Net.Sockets;

namespace Mila.Partners.Webhooks.Guard;

/// <summary>
/// Which URLs an endpoint may have (API.md W9): absolute, https, port 443 or 8443, no userinfo, no fragment, at most 2048 characters. An address inside the operator's
/// networks may also be plain http on any port. Numbers that some programs read as addresses (<c>0x7f.1</c>, <c>2130706433</c>, full-width digits) are refused.
/// </summary>
internal static class WebhookUrl
{
    internal const int MaxLength = 2048;

    /// <summary>The URL in its canonical ASCII form, or null. A name is not resolved here: <see cref="GuardedDialer"/> checks its addresses at every connection.</summary>
    internal static Uri? Accept(string text, AllowedNetworks networks)
    {
        if (text.Length is 0 or > MaxLength || text.AsSpan().ContainsAnyInRange('\0', ' ') || text.AsSpan().IndexOfAny("\\#\u007f") >= 0) return null;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var typed) || typed.Scheme is not ("https" or "http")) return null;
        if (!HasPlainAuthority(text, typed)) return null;

        var canonical = new UriBuilder(typed) { Host = typed.IdnHost }.Uri;
        if (canonical.AbsoluteUri.Length > MaxLength || canonical.HostNameType != typed.HostNameType) return null;

        var permitted = canonical.HostNameType switch
        {
            UriHostNameType.Dns => IsName(canonical.IdnHost) && (IsStandard(canonical) || networks.Any),
            UriHostNameType.IPv4 or UriHostNameType.IPv6 => IPAddress.TryParse(canonical.IdnHost, out var address) && Admits(canonical, address, networks),
            _ => false,
        };
        return permitted ? canonical : null;
    }

    /// <summary>True when this URL may be dialled at this address: both are of the public kind, or the operator opened the address.</summary>
    internal static bool Admits(Uri url, IPAddress address, AllowedNetworks networks) =>
        networks.Contains(address) || (IsStandard(url) && AddressRules.IsPublic(address));

    private static bool IsStandard(Uri url) => url is { Scheme: "https", Port: 443 or 8443 };

    /// <summary>No userinfo, not even an empty one, no zone of an address, nothing escaped in the host, and a literal address written as it is meant.</summary>
    private static bool HasPlainAuthority(string text, Uri url)
    {
        var start = text.IndexOf("://", StringComparison.Ordinal) + 3;
        if (start < 3) return false;

        var end = text.AsSpan(start).IndexOfAny('/', '?');
        var authority = end < 0 ? text.AsSpan(start) : text.AsSpan(start, end);
        if (authority.IndexOfAny('@', '%') >= 0) return false;

        var port = authority.LastIndexOf(':');
        var host = port > authority.LastIndexOf(']') ? authority[..port] : authority;
        return url.HostNameType != UriHostNameType.IPv4 || host.SequenceEqual(url.IdnHost);
    }

    /// <summary>A host name of RFC 1123 whose last label is not a number, which the WHATWG URL standard reads as an address.</summary>
    private static bool IsName(string host)
    {
        var labels = host.Split('.');
        return host.Length <= 253
            && Array.TrueForAll(labels, label => label.Length is > 0 and <= 63 && label[0] != '-' && label[^1] != '-' && label.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
            && !labels[^1].All(char.IsAsciiDigit)
            && !labels[^1].StartsWith("0x", StringComparison.OrdinalIgnoreCase);
    }
}
