using Mila.BuildingBlocks.Pages;
using Mila.Events.Feeds;

namespace Mila.Events.Tests.Feeds;

internal static class Sites
{
    /// <summary>A server that is known as <c>https://mila.example</c>.</summary>
    public static AgendaSite Example { get; } = new(PublicAddress.Parse("https://mila.example"), null!);
}
