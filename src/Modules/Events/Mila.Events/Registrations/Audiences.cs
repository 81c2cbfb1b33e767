using Mila.Events.Agenda;
using Mila.Events.Members;

namespace Mila.Events.Registrations;

/// <summary>Who may come to what, from what Membership and Partners have told us.</summary>
internal static class Audiences
{
    /// <summary>Null when this party may come; else why not.</summary>
    /// <param name="audience">Of the event.</param>
    /// <param name="member">The member that is named, if one is.</param>
    /// <param name="fromNetwork">Whether a partner network is named with which an agreement opens the event.</param>
    /// <param name="organisation">What the person says of where they work.</param>
    public static Error? Refuses(this Audience audience, KnownMember? member, bool fromNetwork, string? organisation)
    {
        // A member whose dues lapsed is no member; whoever may come without being one still may.
        var isMember = member is { Status: "active", GoodStanding: true };
        return audience switch
        {
            Audience.Public => null,
            Audience.Professionals => isMember || fromNetwork || !string.IsNullOrWhiteSpace(organisation) ? null : RegistrationErrors.ProfessionalsOnly,
            Audience.Network when fromNetwork => null,
            _ when member is not null && !isMember => RegistrationErrors.DuesLapsed,
            Audience.Network => isMember ? null : RegistrationErrors.NetworkOnly,
            Audience.Hosted => isMember && member!.Affiliation is "shop" or "pole" ? null : RegistrationErrors.HostedOnly,
            _ => isMember ? null : RegistrationErrors.MembersOnly,
        };
    }
}
