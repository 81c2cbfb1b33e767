using MediatR;

namespace Mila.Partners.Contracts;

/// <summary>An agreement is over: it grants nothing from now on.</summary>
/// <param name="AgreementId">The agreement.</param>
/// <param name="PartnerId">With whom it was.</param>
/// <param name="EndedOn">Its last day in Paris, included.</param>
/// <param name="Revision">Grows with each change of the agreement.</param>
/// <param name="At">When.</param>
public sealed record AgreementEnded(Guid AgreementId, Guid PartnerId, DateOnly EndedOn, int Revision, DateTimeOffset At) : INotification;
