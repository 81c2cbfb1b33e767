namespace Mila.Events.Agenda;

/// <summary>Which events a caller may know of; everything that stands under an event asks here first.</summary>
internal static class SeenEvents
{
    /// <summary>The event; null when there is none, and to a partner's key when it has not been published: not even that it is planned.</summary>
    public static async Task<Event?> LoadSeenAsync(this IQuerySession session, Guid eventId, Caller caller, CancellationToken ct) =>
        await session.LoadAsync<Event>(eventId, ct) is { } found && caller.Sees(found) ? found : null;

    /// <summary>Whether the caller may know of it.</summary>
    public static bool Sees(this Caller caller, Event e) => !caller.IsPartner || e.PublishedAt is not null;
}
