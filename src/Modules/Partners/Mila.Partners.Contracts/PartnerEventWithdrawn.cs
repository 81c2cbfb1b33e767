using MediatR;

namespace Mila.Partners.Contracts;

/// <summary>A partner has taken an event of its own back: nothing of it is shown any more.</summary>
/// <param name="PartnerEventId">The event, as MILA calls it.</param>
/// <param name="PartnerId">Whose it was.</param>
/// <param name="ExternalId">The event, as the partner calls it.</param>
/// <param name="Revision">Grows with each change of the event.</param>
/// <param name="At">When.</param>
public sealed record PartnerEventWithdrawn(Guid PartnerEventId, Guid PartnerId, string ExternalId, int Revision, DateTimeOffset At) : INotification;
