using MediatR;

namespace Mila.Partners.Contracts;

/// <summary>An agreement says something else from now on; also told when its end is brought forward to a day to come.</summary>
/// <param name="AgreementId">The agreement.</param>
/// <param name="PartnerId">With whom.</param>
/// <param name="Kind"><c>access</c>, <c>exchange</c> or <c>affiliation</c>.</param>
/// <param name="Direction"><c>reciprocal</c>; <c>given</c> when MILA alone opens, <c>received</c> when the partner alone does.</param>
/// <param name="StartsOn">Its first day in Paris.</param>
/// <param name="EndsOn">Its last day, included; null while no end is agreed.</param>
/// <param name="Events">Whether it grants events.</param>
/// <param name="Consultations">Whether it grants consultations.</param>
/// <param name="SeatsPerEvent">Seats kept for the partner's members at each event for networks.</param>
/// <param name="SeatsReleasedHoursBefore">How many hours before the start unused ones are free for everybody.</param>
/// <param name="Fields">Names of the members of the resource that changed.</param>
/// <param name="Revision">Grows with each change of the agreement.</param>
/// <param name="At">When.</param>
public sealed record AgreementChanged(
    Guid AgreementId, Guid PartnerId, string Kind, string Direction, DateOnly StartsOn, DateOnly? EndsOn, bool Events, bool Consultations, int SeatsPerEvent, int SeatsReleasedHoursBefore,
    IReadOnlyList<string> Fields, int Revision, DateTimeOffset At) : INotification;
