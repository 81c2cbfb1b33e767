using MediatR;

namespace Mila.Events.Contracts;

/// <summary>The offer to a registration has run out, or it waited until the event began. Who the person is stays in Events.</summary>
/// <param name="RegistrationId">The registration.</param>
/// <param name="EventId">The event.</param>
/// <param name="MemberId">The member for which the person comes, if one was named.</param>
/// <param name="PartnerId">The partner network whose member it is, if one was named.</param>
/// <param name="Seats">How many places.</param>
/// <param name="Revision">Grows with each change of the registration.</param>
/// <param name="At">When.</param>
public sealed record RegistrationExpired(Guid RegistrationId, Guid EventId, Guid? MemberId, Guid? PartnerId, int Seats, int Revision, DateTimeOffset At) : INotification;
