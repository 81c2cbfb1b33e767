using Mila.Partners.Webhooks.Messages;
using Mila.Partners.Webhooks.Types;
using Mila.Signage.Contracts;

namespace Mila.Partners.Webhooks.Announcements;

/// <summary>Tells partners of the panels in the street, in the order in which it happened: whoever passes by sees them, and they stand on the public map.</summary>
internal sealed class WhenAPanelChanges(Announcer announcer) : INotificationHandler<PanelInstalled>, INotificationHandler<PanelRetired>
{
    private static readonly string[] Stage = ["stage"];

    public Task Handle(PanelInstalled p, CancellationToken ct) => TellAsync(EventTypes.PanelInstalled, p.PanelId, p.SpaceCode, p.Code, p.At, ct);

    public Task Handle(PanelRetired p, CancellationToken ct) => TellAsync(EventTypes.PanelRetired, p.PanelId, p.SpaceCode, p.Code, p.At, ct);

    private Task TellAsync(string type, Guid id, string spaceCode, string code, DateTimeOffset at, CancellationToken ct) =>
        announcer.AnnounceAsync(new Announcement(type, id, at, new ThinPanel(id, spaceCode, code, announcer.UrlOf($"/v1/panels/{id}"), at.ToUnixTimeMilliseconds(), Stage)), ct);
}
