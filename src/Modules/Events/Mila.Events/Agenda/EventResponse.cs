using Mila.BuildingBlocks.Values;
using Mila.Events.Feeds;
using Mila.Events.Registrations;
using Mila.Events.Rooms;

namespace Mila.Events.Agenda;

/// <summary>An event as the API shows it.</summary>
/// <param name="Id">The event.</param>
/// <param name="Slug">Its address in the agenda: <c>/agenda/{slug}</c>.</param>
/// <param name="Programme">Code of its programme.</param>
/// <param name="Title">Title.</param>
/// <param name="Summary">Markdown.</param>
/// <param name="Status">How far it has come.</param>
/// <param name="Month"><c>yyyy-MM</c> while the day is to be confirmed; then null.</param>
/// <param name="StartsAt">Start in UTC, once scheduled.</param>
/// <param name="EndsAt">End in UTC, once scheduled.</param>
/// <param name="TimeZone">The zone in which people read the times: <c>Europe/Paris</c>.</param>
/// <param name="Venue">Where.</param>
/// <param name="Audience">Who may come.</param>
/// <param name="Capacity">Seats; null without a limit.</param>
/// <param name="SeatsPerOrganisation">Seats that one company may take; null without a limit.</param>
/// <param name="SeatsTaken">Seats of those who come.</param>
/// <param name="SeatsHeld">Seats set aside: for addresses to be confirmed, and for offers to the waiting line; null for a partner.</param>
/// <param name="SeatsRemote">At a hybrid event, places taken by the link, which the capacity does not count; else 0. Null for a partner.</param>
/// <param name="Waiting">Registrations in the waiting line; null for a partner.</param>
/// <param name="CoHosts">Codes of partners, and names of others.</param>
/// <param name="Speakers">Who speaks.</param>
/// <param name="Tags">Tags.</param>
/// <param name="CancellationReason">Why it was called off, where it was.</param>
/// <param name="UpdatedAt">Last change.</param>
/// <param name="PreviousStartsAt">The start that the public knew before the last move.</param>
/// <param name="Image">A picture.</param>
/// <param name="ReplayUrl">Its recording, while every speaker agrees.</param>
/// <param name="Room">Whether it has the room that its venue names; null while it asks for none, having no day or being off, and for a partner.</param>
/// <param name="RoomReason">Why the room was refused; null for a partner.</param>
/// <param name="Missing">What is still to be said before it takes place, as JSON Pointers: <c>/startsAt</c>, <c>/venue</c>, <c>/venue/name</c> where people come, <c>/venue/url</c> where they take part online.</param>
/// <param name="SeriesId">The series that it was planned with.</param>
internal sealed record EventResponse(
    Guid Id, string Slug, string Programme, LocalizedText Title, LocalizedText? Summary, EventStatus Status, string? Month, DateTimeOffset? StartsAt, DateTimeOffset? EndsAt,
    string TimeZone, Venue? Venue, Audience Audience, int? Capacity, int? SeatsPerOrganisation, int SeatsTaken, int? SeatsHeld, int? SeatsRemote, int? Waiting, IReadOnlyList<string> CoHosts, IReadOnlyList<SpeakerResponse> Speakers,
    IReadOnlyList<string> Tags, LocalizedText? CancellationReason, DateTimeOffset UpdatedAt, DateTimeOffset? PreviousStartsAt, EventImage? Image, string? ReplayUrl,
    RoomStatus? Room, RoomReason? RoomReason, IReadOnlyList<string> Missing, Guid? SeriesId)
{
    public static EventResponse Of(Event e, SeatPlan seats, EventRoom? room = null) => new(
        e.Id, e.Slug, e.Programme, e.Texts.Title, e.Texts.Summary, e.Status, (e.When as When.InMonth)?.Month, (e.When as When.Scheduled)?.StartsAt, (e.When as When.Scheduled)?.EndsAt,
        "Europe/Paris", e.Venue, e.Audience, e.Capacity, e.SeatsPerOrganisation, seats.At(e).Taken, seats.At(e).Held, seats.At(e).Remote, seats.InLine, e.CoHosts, [.. e.Speakers.Select(SpeakerResponse.Of)], e.Tags, e.Cancellation?.Reason, e.UpdatedAt,
        e.PreviousStartsAt, e.Image, e.PublicReplayUrl, room?.Claim is null ? null : room.Status, room?.Claim is null ? null : room.Reason, MissingOf(e), e.SeriesId);

    /// <summary>With the seats and the room as they are, and the tag of all.</summary>
    public static Tagged<EventResponse> Tagged(Event e, SeatPlan seats, EventRoom? room = null, bool forPartner = false) =>
        Etag.Ok(forPartner ? Of(e, seats, room).ForPartner() : Of(e, seats, room), VersionOf(e, seats, room));

    /// <summary>What a partner reads: not by which link one takes part, nor what is between MILA and those who speak, wait or give it a room.</summary>
    public EventResponse ForPartner() => this with
    {
        Venue = PublicEvent.Shown(Venue, Audience),
        Speakers = [.. Speakers.Select(s => new SpeakerResponse(s.Name, s.Role, s.Organisation))],
        SeatsHeld = null,
        SeatsRemote = null,
        Waiting = null,
        Room = null,
        RoomReason = null,
    };

    /// <summary>The same, with both as they stand in the database.</summary>
    public static async Task<Tagged<EventResponse>> TaggedAsync(IQuerySession session, Event e, CancellationToken ct, bool forPartner = false) =>
        Tagged(e, await SeatPlan.FindAsync(session, e.Id, ct), await RoomOfAsync(session, e, ct), forPartner);

    /// <summary>Of the event as it is shown: its seats and its room are part of it.</summary>
    public static Guid VersionOf(Event e, SeatPlan seats, EventRoom? room = null) => Etag.Mixed(
        e.Version, seats.Taken, seats.Held, seats.InLine, unchecked((((seats.RemoteTaken * 100_003) + seats.RemoteHeld) * 100_003) + (room is { Claim: not null } ? room.Stamp : 0)));

    /// <summary>The same, with the room as it stands in the database.</summary>
    public static async Task<Guid> VersionAsync(IQuerySession session, Event e, SeatPlan seats, CancellationToken ct) => VersionOf(e, seats, await RoomOfAsync(session, e, ct));

    private static async Task<EventRoom?> RoomOfAsync(IQuerySession session, Event e, CancellationToken ct) => e.Venue?.SpaceCode is null ? null : await EventRoom.FindAsync(session, e.Id, ct);

    private static string[] MissingOf(Event e)
    {
        if (e.Status is EventStatus.Cancelled or EventStatus.Held) return [];

        string?[] missing =
        [
            e.When is When.Scheduled ? null : "/startsAt",
            e.Venue is null ? "/venue" : null,
            e.Venue is { Mode: VenueMode.OnSite or VenueMode.Hybrid, Name: null, Address: null, SpaceCode: null } ? "/venue/name" : null,
            e.Venue is { Mode: VenueMode.Online or VenueMode.Hybrid, Url: null } ? "/venue/url" : null,
        ];
        return [.. missing.OfType<string>()];
    }
}
