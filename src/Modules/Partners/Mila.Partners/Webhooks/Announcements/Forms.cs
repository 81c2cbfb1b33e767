using System.ComponentModel;

namespace Mila.Partners.Webhooks.Announcements;

// The data of the messages (API.md W4): ids, the address to read more, and what changed; no personal data.

/// <summary>An event, said thinly.</summary>
/// <param name="Id">Of the event.</param>
/// <param name="Slug">Of its public page, <c>/agenda/{slug}</c>.</param>
/// <param name="Url">Where it is read.</param>
/// <param name="Version">Grows with each change of it.</param>
/// <param name="Changed">Names of the fields that changed.</param>
internal sealed record ThinEvent(Guid Id, string Slug, string Url, int Version, IReadOnlyList<string> Changed);

/// <summary>A member, said thinly.</summary>
/// <param name="Id">Of the member.</param>
/// <param name="Url">Where it is read.</param>
/// <param name="Version">Grows with each change of it.</param>
/// <param name="Changed">Names of the fields that changed.</param>
internal sealed record ThinMember(Guid Id, string Url, int Version, IReadOnlyList<string> Changed);

/// <summary>A lease, said thinly.</summary>
/// <param name="Id">Of the lease.</param>
/// <param name="MemberId">Whose it is.</param>
/// <param name="SpaceCode">Of which space.</param>
/// <param name="Url">Where it is read.</param>
/// <param name="Version">Grows with each change of it: the time of the change in Unix milliseconds.</param>
/// <param name="Changed">Names of the fields that changed.</param>
internal sealed record ThinLease(Guid Id, Guid MemberId, string SpaceCode, string Url, long Version, IReadOnlyList<string> Changed);

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
    Guid Id, Guid EventId,
    [property: Description("The member for which the person comes, if one was named; left out where a partner hears of it that is not toldOf members.")] Guid? MemberId,
    Guid? PartnerId, int Seats, DateTimeOffset? OfferExpiresAt, string Url, int Version, IReadOnlyList<string> Changed);

/// <summary>A panel, said thinly.</summary>
/// <param name="Id">Of the panel.</param>
/// <param name="SpaceCode">Whose window it hangs in.</param>
/// <param name="Code">Of its QR code, <c>/q/{code}</c>.</param>
/// <param name="Url">Where it is read.</param>
/// <param name="Version">Grows with each change of it: the time of the change in Unix milliseconds.</param>
/// <param name="Changed">Names of the fields that changed.</param>
internal sealed record ThinPanel(Guid Id, string SpaceCode, string Code, string Url, long Version, IReadOnlyList<string> Changed);

/// <summary>A partner, said thinly.</summary>
/// <param name="Id">Of the partner.</param>
/// <param name="Url">Where it is read.</param>
/// <param name="Version">Grows with each change of it.</param>
/// <param name="Changed">Names of the fields that changed.</param>
internal sealed record ThinPartner(Guid Id, string Url, int Version, IReadOnlyList<string> Changed);

/// <summary>A call for artists, said thinly.</summary>
/// <param name="Id">Of the call.</param>
/// <param name="Slug">Of its public page, <c>/calls/{slug}</c>.</param>
/// <param name="Url">Where it is read.</param>
/// <param name="Version">Grows with each change of it.</param>
/// <param name="Changed">Names of the fields that changed.</param>
internal sealed record ThinCall(Guid Id, string Slug, string Url, int Version, IReadOnlyList<string> Changed);

/// <summary>A partner in full public form.</summary>
internal sealed record PublicPartner(Guid Id, string Code, string Name, string Kind, bool Reciprocity, int Version, string Url);

/// <summary>A trial of an endpoint.</summary>
/// <param name="Id">Of the endpoint.</param>
/// <param name="Url">Where it is read.</param>
internal sealed record Trial(Guid Id, string Url);
