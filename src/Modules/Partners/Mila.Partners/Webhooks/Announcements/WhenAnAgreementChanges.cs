using System.ComponentModel;
using Mila.Partners.Contracts;
using Mila.Partners.Partners;
using Mila.Partners.Webhooks.Messages;
using Mila.Partners.Webhooks.Types;

namespace Mila.Partners.Webhooks.Announcements;

/// <summary>An agreement, said thinly: what it grants is read at its address by those whom it concerns.</summary>
/// <param name="Id">Of the agreement.</param>
/// <param name="PartnerId">With whom.</param>
/// <param name="Url">Where it is read.</param>
/// <param name="Version">Grows with each change of it.</param>
/// <param name="Changed">Names of the fields that changed.</param>
internal sealed record ThinAgreement(
    [property: Description("Of the agreement.")] Guid Id, [property: Description("With whom.")] Guid PartnerId, [property: Description(Said.AgreementUrl)] string Url,
    [property: Description(Said.Version)] int Version, [property: Description(Said.Changed)] IReadOnlyList<string> Changed);

/// <summary>Tells partners of agreements, in the order in which it happened.</summary>
internal sealed class WhenAnAgreementChanges(IQuerySession session, Announcer announcer)
    : INotificationHandler<AgreementSigned>, INotificationHandler<AgreementChanged>, INotificationHandler<AgreementEnded>
{
    public Task Handle(AgreementSigned a, CancellationToken ct) => TellAsync(EventTypes.AgreementSigned, a.AgreementId, a.PartnerId, a.Revision, [], a.At, ct);

    public Task Handle(AgreementChanged a, CancellationToken ct) => TellAsync(EventTypes.AgreementChanged, a.AgreementId, a.PartnerId, a.Revision, a.Fields, a.At, ct);

    public Task Handle(AgreementEnded a, CancellationToken ct) => TellAsync(EventTypes.AgreementEnded, a.AgreementId, a.PartnerId, a.Revision, ["status"], a.At, ct);

    private async Task TellAsync(string type, Guid id, Guid partnerId, int version, IReadOnlyList<string> changed, DateTimeOffset at, CancellationToken ct)
    {
        var thin = new ThinAgreement(id, partnerId, announcer.UrlOf($"/v1/partners/{partnerId}/agreements/{id}"), version, changed);
        var code = (await session.LoadAsync<Partner>(partnerId, ct))?.Code;
        await announcer.AnnounceAsync(new Announcement(type, id, at, thin, Channels: code is null ? [] : [Channels.OfPartner(code)], Audience: [partnerId]), ct);
    }
}
