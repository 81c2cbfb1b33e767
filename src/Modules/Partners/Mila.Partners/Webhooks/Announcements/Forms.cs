using System.ComponentModel;

namespace Mila.Partners.Webhooks.Announcements;

/// <summary>What the schemas say of the members that many forms have. Of each address they say who may read there.</summary>
internal static class Said
{
    internal const string Version = "Grows with each change of it: of two messages the one with the greater version is newer.";
    internal const string Milliseconds = "Grows with each change of it: the time of the change in Unix milliseconds.";
    internal const string Changed = "Names of the fields that changed.";
    internal const string EventSlug = "Of its public page, /agenda/{slug}.";
    internal const string EventUrl = "Where it is read, with events:read; a partner's key reads what is published.";
    internal const string MemberUrl = "Where it is read, with membership:read, which no partner's key has.";
    internal const string LeaseUrl = "Where it is read, with hosting:read, which no partner's key has.";
    internal const string RegistrationUrl = "Where it is read, with events:read; a partner's key reads those of its own network.";
    internal const string PanelUrl = "Where it is read, with signage:read, which no partner's key has.";
    internal const string PartnerUrl = "Where it is read, with partners:read; a partner's key reads itself.";
    internal const string CallUrl = "Its public page: anybody may read it.";
    internal const string AgreementUrl = "Where it is read, with partners:read; a partner's key reads its own.";
}

// The data of the messages (API.md W4): ids, the address to read more, and what changed; no personal data.

/// <summary>An event, said thinly.</summary>
/// <param name="Id">Of the event.</param>
/// <param name="Slug">Of its public page, <c>/agenda/{slug}</c>.</param>
/// <param name="Url">Where it is read.</param>
/// <param name="Version">Grows with each change of it.</param>
/// <param name="Changed">Names of the fields that changed.</param>
internal sealed record ThinEvent(
    [property: Description("Of the event.")] Guid Id, [property: Description(Said.EventSlug)] string Slug, [property: Description(Said.EventUrl)] string Url,
    [property: Description(Said.Version)] int Version, [property: Description(Said.Changed)] IReadOnlyList<string> Changed);

/// <summary>A member, said thinly.</summary>
/// <param name="Id">Of the member.</param>
/// <param name="Url">Where it is read.</param>
/// <param name="Version">Grows with each change of it.</param>
/// <param name="Changed">Names of the fields that changed.</param>
internal sealed record ThinMember(
    [property: Description("Of the member.")] Guid Id, [property: Description(Said.MemberUrl)] string Url, [property: Description(Said.Version)] int Version, [property: Description(Said.Changed)] IReadOnlyList<string> Changed);

/// <summary>A lease, said thinly.</summary>
/// <param name="Id">Of the lease.</param>
/// <param name="MemberId">Whose it is.</param>
/// <param name="SpaceCode">Of which space.</param>
/// <param name="Url">Where it is read.</param>
/// <param name="Version">Grows with each change of it: the time of the change in Unix milliseconds.</param>
/// <param name="Changed">Names of the fields that changed.</param>
internal sealed record ThinLease(
    [property: Description("Of the lease.")] Guid Id, [property: Description("Whose it is.")] Guid MemberId, [property: Description("Of which space.")] string SpaceCode,
    [property: Description(Said.LeaseUrl)] string Url, [property: Description(Said.Milliseconds)] long Version, [property: Description(Said.Changed)] IReadOnlyList<string> Changed);

/// <summary>A registration, said thinly. Who the person is stays with MILA.</summary>
/// <param name="Id">Of the registration.</param>
/// <param name="EventId">For which event.</param>
/// <param name="MemberId">The member for which the person comes, if one was named; left out where a partner hears of it that is not told of members.</param>
/// <param name="PartnerId">The network whose member it is, if one was named.</param>
/// <param name="Seats">How many places.</param>
/// <param name="OfferExpiresAt">Until when an offered place is held.</param>
/// <param name="Url">Where it is read.</param>
/// <param name="Version">Grows with each change of it.</param>
/// <param name="Changed">Names of the fields that changed.</param>
internal sealed record ThinRegistration(
    [property: Description("Of the registration.")] Guid Id, [property: Description("For which event.")] Guid EventId,
    [property: Description("The member for which the person comes, if one was named; left out where a partner hears of it that is not toldOf members.")] Guid? MemberId,
    [property: Description("The network whose member it is, if one was named.")] Guid? PartnerId, [property: Description("How many places.")] int Seats,
    [property: Description("Until when an offered place is held.")] DateTimeOffset? OfferExpiresAt, [property: Description(Said.RegistrationUrl)] string Url,
    [property: Description(Said.Version)] int Version, [property: Description(Said.Changed)] IReadOnlyList<string> Changed);

/// <summary>A panel, said thinly.</summary>
/// <param name="Id">Of the panel.</param>
/// <param name="SpaceCode">Whose window it hangs in.</param>
/// <param name="Code">Of its QR code, <c>/q/{code}</c>.</param>
/// <param name="Url">Where it is read.</param>
/// <param name="Version">Grows with each change of it: the time of the change in Unix milliseconds.</param>
/// <param name="Changed">Names of the fields that changed.</param>
internal sealed record ThinPanel(
    [property: Description("Of the panel.")] Guid Id, [property: Description("Whose window it hangs in.")] string SpaceCode, [property: Description("Of its QR code, /q/{code}.")] string Code,
    [property: Description(Said.PanelUrl)] string Url, [property: Description(Said.Milliseconds)] long Version, [property: Description(Said.Changed)] IReadOnlyList<string> Changed);

/// <summary>A partner, said thinly.</summary>
/// <param name="Id">Of the partner.</param>
/// <param name="Url">Where it is read.</param>
/// <param name="Version">Grows with each change of it.</param>
/// <param name="Changed">Names of the fields that changed.</param>
internal sealed record ThinPartner(
    [property: Description("Of the partner.")] Guid Id, [property: Description(Said.PartnerUrl)] string Url, [property: Description(Said.Version)] int Version, [property: Description(Said.Changed)] IReadOnlyList<string> Changed);

/// <summary>A call for artists, said thinly.</summary>
/// <param name="Id">Of the call.</param>
/// <param name="Slug">Of its public page, <c>/calls/{slug}</c>.</param>
/// <param name="Url">Where it is read.</param>
/// <param name="Version">Grows with each change of it.</param>
/// <param name="Changed">Names of the fields that changed.</param>
internal sealed record ThinCall(
    [property: Description("Of the call.")] Guid Id, [property: Description("Of its public page, /calls/{slug}.")] string Slug, [property: Description(Said.CallUrl)] string Url,
    [property: Description(Said.Version)] int Version, [property: Description(Said.Changed)] IReadOnlyList<string> Changed);

/// <summary>A partner in full public form.</summary>
internal sealed record PublicPartner(
    [property: Description("Of the partner.")] Guid Id, string Code, string Name, string Kind, bool Reciprocity, [property: Description(Said.Version)] int Version,
    [property: Description(Said.PartnerUrl)] string Url, [property: Description(Said.Changed)] IReadOnlyList<string>? Changed = null);

/// <summary>A trial of an endpoint.</summary>
/// <param name="Id">Of the endpoint.</param>
/// <param name="Url">Where it is read.</param>
internal sealed record Trial(
    [property: Description("Of the endpoint.")] Guid Id, [property: Description("Where it is read, with partners:read.")] string Url);
