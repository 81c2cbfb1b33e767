using MediatR;

namespace Mila.Partners.Contracts;

/// <summary>MILA has a new partner.</summary>
/// <param name="PartnerId">The partner.</param>
/// <param name="Code">Its code, which events name it by as a co-host.</param>
/// <param name="Name">Its name.</param>
/// <param name="Kind"><c>network</c>, <c>programme</c>, <c>platform</c>, <c>venue</c>, <c>federation</c>, <c>landlord</c>, <c>funder</c> or <c>merchant</c>.</param>
/// <param name="Reciprocity">Whether each other's members are welcome at each other's events.</param>
/// <param name="Revision">Grows with each change of the partner.</param>
/// <param name="At">When.</param>
public sealed record PartnerRegistered(Guid PartnerId, string Code, string Name, string Kind, bool Reciprocity, int Revision, DateTimeOffset At) : INotification;
