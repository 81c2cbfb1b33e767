namespace Mila.Partners.Webhooks;

/// <summary>What a message concerns beside its resource, so that an endpoint can ask for some of it only: <c>programme:club-mila</c>, <c>partner:map</c>.</summary>
internal static class Channels
{
    internal static string OfProgramme(string code) => $"programme:{code}";

    internal static string OfPartner(string code) => $"partner:{code}";

    /// <summary>True for a channel that may exist.</summary>
    internal static bool Knows(string channel) =>
        channel.Split(':') is ["programme" or "partner", { Length: > 0 and <= 50 } code] && code.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
}
