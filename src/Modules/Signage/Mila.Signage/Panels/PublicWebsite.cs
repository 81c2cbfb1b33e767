namespace Mila.Signage.Panels;

/// <summary>Addresses that passers-by may be sent to: absolute, https, without a user name that could pass for a host.</summary>
internal static class PublicWebsite
{
    private const int MaxLength = 2000;

    public static Uri? Of(string? url) =>
        url is { Length: <= MaxLength } && Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttps && address.UserInfo.Length == 0 ? address : null;
}
