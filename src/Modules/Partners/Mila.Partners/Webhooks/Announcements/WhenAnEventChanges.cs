using Mila.Events.Contracts;
using Mila.Partners.Webhooks.Messages;
using Mila.Partners.Webhooks.Types;

namespace Mila.Partners.Webhooks.Announcements;

/// <summary>
/// Tells partners of events. One handler for all, so that what happened to one event is told in the order in which it happened. With its publication it tells of the registrations
/// that were heard of before.
/// </summary>
internal sealed class WhenAnEventChanges(IDocumentSession session, Announcer announcer)
    : INotificationHandler<EventPublished>, INotificationHandler<EventChanged>, INotificationHandler<EventMoved>, INotificationHandler<EventCancelled>, INotificationHandler<EventHeld>,
      INotificationHandler<EventUnpublished>
{
    /// <summary>Of a move that does not say what of them changed.</summary>
    private static readonly string[] Times = ["month", "startsAt", "endsAt"];

    public async Task Handle(EventPublished e, CancellationToken ct)
    {
        await EarlyRegistrations.LockAsync(session, e.EventId, ct);
        var known = await session.LoadAsync<KnownEvent>(e.EventId, ct) ?? KnownEvent.Of(e);
        known.Published(e);
        await TellAsync(EventTypes.EventPublished, known, e.EventId, e.Slug, e.Programme, e.Revision, [], e.At, ct);
        if (await session.LoadAsync<EarlyRegistrations>(e.EventId, ct) is not { } early) return;

        foreach (var news in early.News) await news.TellAsync(known, session, announcer, ct);
        session.Delete(early);
    }

    public async Task Handle(EventChanged e, CancellationToken ct)
    {
        var known = await session.LoadAsync<KnownEvent>(e.EventId, ct);
        known?.Changed(e);
        await TellAsync(EventTypes.EventChanged, known, e.EventId, e.Slug, e.Programme, e.Revision, e.Fields, e.At, ct);
    }

    public async Task Handle(EventMoved e, CancellationToken ct)
    {
        var known = await session.LoadAsync<KnownEvent>(e.EventId, ct);
        known?.Moved(e);
        await TellAsync(EventTypes.EventMoved, known, e.EventId, e.Slug, e.Programme, e.Revision, e.Fields ?? Times, e.At, ct);
    }

    public async Task Handle(EventCancelled e, CancellationToken ct)
    {
        var known = await session.LoadAsync<KnownEvent>(e.EventId, ct);
        known?.Cancelled(e);
        await TellAsync(EventTypes.EventCancelled, known, e.EventId, e.Slug, e.Programme, e.Revision, ["status"], e.At, ct);
    }

    public async Task Handle(EventHeld e, CancellationToken ct)
    {
        var known = await session.LoadAsync<KnownEvent>(e.EventId, ct);
        known?.Held(e);
        await TellAsync(EventTypes.EventHeld, known, e.EventId, e.Slug, e.Programme, e.Revision, ["status"], e.At, ct);
    }

    public async Task Handle(EventUnpublished e, CancellationToken ct)
    {
        var known = await session.LoadAsync<KnownEvent>(e.EventId, ct);
        known?.Unpublished(e);
        await TellAsync(EventTypes.EventUnpublished, known, e.EventId, e.Slug, e.Programme, e.Revision, ["status"], e.At, ct);
    }

    private Task TellAsync(string type, KnownEvent? known, Guid id, string slug, string programme, int version, IReadOnlyList<string> changed, DateTimeOffset at, CancellationToken ct)
    {
        if (known is not null) session.Store(known);
        var url = announcer.UrlOf($"/v1/events/{id}");
        var full = known is null ? null : known.Form with { Url = url, Changed = changed };
        return announcer.AnnounceAsync(
            new Announcement(type, id, at, new ThinEvent(id, slug, url, version, changed), full, known?.Channels ?? [Channels.OfProgramme(programme)], Shorter: full is null ? null : full with { Summary = null }), ct);
    }
}
