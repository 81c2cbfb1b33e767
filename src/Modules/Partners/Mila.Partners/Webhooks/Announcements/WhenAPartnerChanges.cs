using Mila.Partners.Contracts;
using Mila.Partners.Webhooks.Messages;
using Mila.Partners.Webhooks.Types;

namespace Mila.Partners.Webhooks.Announcements;

/// <summary>Tells a partner of itself, in the order in which it happened; what MILA has with the others is not its business.</summary>
internal sealed class WhenAPartnerChanges(Announcer announcer) : INotificationHandler<PartnerRegistered>, INotificationHandler<PartnerChanged>
{
    public Task Handle(PartnerRegistered e, CancellationToken ct) =>
        TellAsync(EventTypes.PartnerRegistered, new PublicPartner(e.PartnerId, e.Code, e.Name, e.Kind, e.Reciprocity, e.Revision, UrlOf(e.PartnerId)), [], [e.PartnerId], e.At, ct);

    /// <summary>What staff note of a partner is not for the partner: it hears of what else changed, and of nothing where that is all.</summary>
    public Task Handle(PartnerChanged e, CancellationToken ct)
    {
        string[] open = [.. e.Fields.Where(f => f != "note")];
        var partner = new PublicPartner(e.PartnerId, e.Code, e.Name, e.Kind, e.Reciprocity, e.Revision, UrlOf(e.PartnerId));
        return open.Length > 0 ? TellAsync(EventTypes.PartnerChanged, partner, open, [e.PartnerId], e.At, ct) : TellAsync(EventTypes.PartnerChanged, partner, e.Fields, [], e.At, ct);
    }

    private string UrlOf(Guid partnerId) => announcer.UrlOf($"/v1/partners/{partnerId}");

    private Task TellAsync(string type, PublicPartner partner, IReadOnlyList<string> changed, IReadOnlyCollection<Guid> audience, DateTimeOffset at, CancellationToken ct)
    {
        var thin = new ThinPartner(partner.Id, partner.Url, partner.Version, changed);
        return announcer.AnnounceAsync(new Announcement(type, partner.Id, at, thin, partner with { Changed = changed }, [Channels.OfPartner(partner.Code)], Audience: audience), ct);
    }
}
