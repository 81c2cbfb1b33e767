using Mila.Events.Contracts;
using Mila.Partners.Webhooks.Messages;
using Mila.Partners.Webhooks.Types;

namespace Mila.Partners.Webhooks.Announcements;

/// <summary>Tells partners of calls for artists: what is public of them, when it is. Who takes part and who is selected is not said here; the public page says the latter.</summary>
internal sealed class WhenACallChanges(Announcer announcer)
    : INotificationHandler<CallOpened>, INotificationHandler<CallClosed>, INotificationHandler<SelectionAnnounced>, INotificationHandler<SelectionChanged>
{
    private static readonly string[] Status = ["status"];
    private static readonly string[] Selected = ["selected"];

    public Task Handle(CallOpened c, CancellationToken ct) => TellAsync(EventTypes.CallOpened, c.CallId, c.Slug, c.Programme, c.Revision, Status, c.At, ct);

    public Task Handle(CallClosed c, CancellationToken ct) => TellAsync(EventTypes.CallClosed, c.CallId, c.Slug, c.Programme, c.Revision, Status, c.At, ct);

    public Task Handle(SelectionAnnounced c, CancellationToken ct) => TellAsync(EventTypes.SelectionAnnounced, c.CallId, c.Slug, c.Programme, c.Revision, Selected, c.At, ct);

    public Task Handle(SelectionChanged c, CancellationToken ct) => TellAsync(EventTypes.SelectionChanged, c.CallId, c.Slug, c.Programme, c.Revision, Selected, c.At, ct);

    private Task TellAsync(string type, Guid id, string slug, string? programme, int version, IReadOnlyList<string> changed, DateTimeOffset at, CancellationToken ct) => announcer.AnnounceAsync(
        new Announcement(type, id, at, new ThinCall(id, slug, announcer.UrlOf($"/calls/{slug}"), version, changed), Full: null, programme is null ? null : [Channels.OfProgramme(programme)]), ct);
}
