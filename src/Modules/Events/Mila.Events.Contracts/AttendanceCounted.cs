using MediatR;

namespace Mila.Events.Contracts;

/// <summary>How many came to an event is known; told again when somebody who had come is checked in late. Who the people are stays in Events.</summary>
/// <param name="EventId">The event.</param>
/// <param name="Programme">Code of its programme.</param>
/// <param name="StartsAt">When it started.</param>
/// <param name="EndsAt">When it ended.</param>
/// <param name="Attended">Places of those who came.</param>
/// <param name="NoShow">Places that were kept for people who did not come.</param>
/// <param name="Organisations">Companies of those who came, members and others.</param>
/// <param name="MemberIds">The members among them.</param>
/// <param name="Revision">Grows with each count of the event; the highest is right.</param>
/// <param name="At">When it was counted.</param>
public sealed record AttendanceCounted(
    Guid EventId, string Programme, DateTimeOffset StartsAt, DateTimeOffset EndsAt, int Attended, int NoShow, int Organisations, IReadOnlyList<Guid> MemberIds, int Revision,
    DateTimeOffset At) : INotification;
