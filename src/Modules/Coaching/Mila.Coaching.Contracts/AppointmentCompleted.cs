using MediatR;

namespace Mila.Coaching.Contracts;

/// <summary>A member has had its appointment: a diagnostic, a consultation, an audit. What was said there is in no notification.</summary>
/// <param name="AppointmentId">The appointment.</param>
/// <param name="MemberId">The member.</param>
/// <param name="Service">Code of the service.</param>
/// <param name="StartsAt">When it began.</param>
/// <param name="Minutes">How long it took.</param>
/// <param name="Revision">Grows with each correction; the newest counts.</param>
/// <param name="At">When this was said.</param>
public sealed record AppointmentCompleted(Guid AppointmentId, Guid MemberId, string Service, DateTimeOffset StartsAt, int Minutes, int Revision, DateTimeOffset At) : INotification;
