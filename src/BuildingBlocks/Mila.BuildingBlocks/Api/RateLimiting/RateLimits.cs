using Microsoft.Extensions.Configuration;
using Mila.BuildingBlocks.Hosting;

namespace Mila.BuildingBlocks.Api.RateLimiting;

/// <summary>How many requests a minute one caller may make of one host; 0 is without limit.</summary>
/// <param name="KeyPerMinute">With a key or a token, by credential.</param>
/// <param name="AnonymousPerMinute">Without, by address.</param>
/// <param name="FormPerMinute">Public forms, by address.</param>
internal sealed record RateLimits(int KeyPerMinute = 300, int AnonymousPerMinute = 60, int FormPerMinute = 10)
{
    /// <summary>What a caller could guess by asking often, such as a token: a fifth of what a key may ask, at least once; without limit where keys are.</summary>
    public int GuessPerMinute => (KeyPerMinute + 4) / 5;

    /// <summary>The settings <c>RateLimits:*</c>, and the defaults of API.md R6 for those that are not set.</summary>
    public static RateLimits From(IConfiguration configuration)
    {
        var settings = configuration.GetSection("RateLimits");
        var limits = new RateLimits(
            settings.GetValue(nameof(KeyPerMinute), 300),
            settings.GetValue(nameof(AnonymousPerMinute), 60),
            settings.GetValue(nameof(FormPerMinute), 10));
        return limits is { KeyPerMinute: >= 0, AnonymousPerMinute: >= 0, FormPerMinute: >= 0 }
            ? limits
            : throw new SettingException("RateLimits__* are numbers of requests a minute: 0 (off) or more.");
    }
}
