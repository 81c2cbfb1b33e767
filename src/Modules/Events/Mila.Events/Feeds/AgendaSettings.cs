using Microsoft.Extensions.Configuration;
using Mila.BuildingBlocks.Hosting;

namespace Mila.Events.Feeds;

/// <summary>What the operator says of the public agenda.</summary>
/// <param name="ImageOrigins">Sites of the house's own, <c>https://</c> and a host each, whose pictures the pages show.</param>
internal sealed record AgendaSettings(IReadOnlyList<string> ImageOrigins)
{
    /// <exception cref="SettingException">One is not the origin of an https site.</exception>
    public static AgendaSettings From(IConfiguration configuration) => new([.. (configuration["Agenda:ImageOrigins"] ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Origin)]);

    // It goes into a header: what is written there is what was understood, and not what was typed.
    private static string Origin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme == Uri.UriSchemeHttps && url.PathAndQuery == "/" && (url.UserInfo + url.Fragment).Length == 0
            ? url.GetLeftPart(UriPartial.Authority)
            : throw new SettingException($"Agenda:ImageOrigins: \"{text}\" is not a site such as https://www.mila.example.");
}
