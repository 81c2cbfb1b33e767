using Mila.Partners.Partners;
using Mila.Partners.Webhooks.Messages;

namespace Mila.Partners.Webhooks.Announcements;

/// <summary>A state of a registration that is to be told.</summary>
/// <param name="EventId">For which event.</param>
/// <param name="Type">Of the message.</param>
/// <param name="RegistrationId">The registration.</param>
/// <param name="MemberId">The member for which the person comes, if one was named.</param>
/// <param name="PartnerId">The network whose member it is, if one was named.</param>
/// <param name="Seats">How many places.</param>
/// <param name="Revision">Grows with each change of the registration.</param>
/// <param name="At">When it happened.</param>
/// <param name="OfferExpiresAt">Until when an offered place is held.</param>
internal sealed record RegistrationToTell(
    Guid EventId, string Type, Guid RegistrationId, Guid? MemberId, Guid? PartnerId, int Seats, int Revision, DateTimeOffset At, DateTimeOffset? OfferExpiresAt)
{
    private static readonly string[] Status = ["status"];
    private static readonly string[] Offer = ["status", "offerExpiresAt"];

    /// <summary>
    /// Tells it to the network of the person and to who hosts the event, beside MILA, on every channel on which the event was told: who heard there of a registration hears of its end, also
    /// once the event has left the channel. The member is named where all of them are told of members: all are told the same.
    /// </summary>
    internal async Task TellAsync(KnownEvent known, IQuerySession session, Announcer announcer, CancellationToken ct)
    {
        var hosts = known.Form.CoHosts.ToArray();
        var network = PartnerId ?? Guid.Empty;
        var concerned = await session.Query<Partner>().Where(p => p.Id == network || p.Code.IsOneOf(hosts)).ToListAsync(ct);
        var member = concerned.All(p => p.Terms.IsToldOf(Confidence.Members)) ? MemberId : null;
        var thin = new ThinRegistration(
            RegistrationId, EventId, member, PartnerId, Seats, OfferExpiresAt, announcer.UrlOf($"/v1/registrations/{RegistrationId}"), Revision, OfferExpiresAt is null ? Status : Offer);
        await announcer.AnnounceAsync(
            new Announcement(Type, RegistrationId, At, thin, Channels: [.. known.Channels.Union(concerned.Select(p => Channels.OfPartner(p.Code)), StringComparer.Ordinal)], Audience: [.. concerned.Select(p => p.Id)]), ct);
    }
}
