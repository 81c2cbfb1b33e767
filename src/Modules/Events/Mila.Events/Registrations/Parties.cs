using Mila.BuildingBlocks.Values;

namespace Mila.Events.Registrations;

/// <summary>For whom seats and past places are counted, as one text.</summary>
internal static class Parties
{
    private const string Nobody = "-";
    private const string Organisation = "organisation ";

    /// <summary>The member; else the organisation, however its name is typed; else the person.</summary>
    public static string Of(Guid? memberId, string? organisation, string email) =>
        memberId is { } member ? $"member {member:N}"
        : organisation is not null && Slugs.Of(organisation, Nobody) is var name && name != Nobody ? Organisation + name
        : $"person {email.Trim().ToLowerInvariant()}";

    /// <summary>The name of an organisation that was typed, however that was done; null where it is a member or a person.</summary>
    public static string? NameOf(string party) => party.StartsWith(Organisation, StringComparison.Ordinal) ? party[Organisation.Length..] : null;

    /// <summary>Whether a company stands behind it, which shares seats out among its people.</summary>
    public static bool IsOrganisation(string party) => !party.StartsWith("person ", StringComparison.Ordinal);
}
