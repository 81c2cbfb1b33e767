using Mila.BuildingBlocks.Values;
using Mila.Events.Registrations;

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
/// <param name="SeatsHeld">Seats set aside: for addresses to be confirmed, and for offers to the waiting line.</param>
/// <param name="SeatsRemote">At a hybrid event, places taken by the link, which the capacity does not count; else 0.</param>
/// <param name="Waiting">Registrations in the waiting line.</param>
/// <param name="CoHosts">Codes of partners.</param>
/// <param name="Speakers">Who speaks.</param>
/// <param name="Tags">Tags.</param>
/// <param name="CancellationReason">Why it was called off, where it was.</param>
/// <param name="UpdatedAt">Last change.</param>
/// <param name="PreviousStartsAt">The start that the public knew before the last move.</param>
/// <param name="Image">A picture.</param>
/// <param name="ReplayUrl">Its recording, while every speaker agrees.</param>
internal sealed record EventResponse(
    Guid Id, string Slug, string Programme, LocalizedText Title, LocalizedText? Summary, EventStatus Status, string? Month, DateTimeOffset? StartsAt, DateTimeOffset? EndsAt,
    string TimeZone, Venue? Venue, Audience Audience, int? Capacity, int? SeatsPerOrganisation, int SeatsTaken, int SeatsHeld, int SeatsRemote, int Waiting, IReadOnlyList<string> CoHosts, IReadOnlyList<Speaker> Speakers,
    IReadOnlyList<string> Tags, LocalizedText? CancellationReason, DateTimeOffset UpdatedAt, DateTimeOffset? PreviousStartsAt, EventImage? Image, string? ReplayUrl)
{
    public static EventResponse Of(Event e, SeatPlan seats) => new(
        e.Id, e.Slug, e.Programme, e.Texts.Title, e.Texts.Summary, e.Status, (e.When as When.InMonth)?.Month, (e.When as When.Scheduled)?.StartsAt, (e.When as When.Scheduled)?.EndsAt,
        "Europe/Paris", e.Venue, e.Audience, e.Capacity, e.SeatsPerOrganisation, seats.At(e).Taken, seats.At(e).Held, seats.At(e).Remote, seats.InLine, e.CoHosts, e.Speakers, e.Tags, e.Cancellation?.Reason, e.UpdatedAt,
        e.PreviousStartsAt, e.Image, e.PublicReplayUrl);

    /// <summary>With these seats.</summary>
    public EventResponse With(SeatPlan seats)
    {
        var count = seats.At(Venue.Mode(), Capacity);
        return this with { SeatsTaken = count.Taken, SeatsHeld = count.Held, SeatsRemote = count.Remote, Waiting = seats.InLine };
    }

    /// <summary>With the seats as they are, and the tag of both.</summary>
    public static Tagged<EventResponse> Tagged(Event e, SeatPlan seats) => Etag.Ok(Of(e, seats), VersionOf(e, seats));

    /// <summary>Of the event as it is shown: its seats are part of it.</summary>
    public static Guid VersionOf(Event e, SeatPlan seats) => Etag.Mixed(e.Version, seats.Taken, seats.Held, seats.InLine, unchecked((seats.RemoteTaken * 100_003) + seats.RemoteHeld));
}
