using MediatR;

namespace Mila.Partners.Contracts;

/// <summary>What MILA says of a partner is different now.</summary>
/// <param name="PartnerId">The partner.</param>
/// <param name="Code">Its code, which never changes.</param>
/// <param name="Name">Its name.</param>
/// <param name="Kind"><c>network</c>, <c>programme</c>, <c>platform</c>, <c>venue</c>, <c>federation</c>, <c>landlord</c>, <c>funder</c> or <c>merchant</c>.</param>
/// <param name="Reciprocity">Whether each other's members are welcome at each other's events.</param>
/// <param name="Fields">Names of the members of the partner that changed.</param>
/// <param name="Revision">Grows with each change of the partner.</param>
/// <param name="At">When.</param>
public sealed record PartnerChanged(Guid PartnerId, string Code, string Name, string Kind, bool Reciprocity, IReadOnlyList<string> Fields, int Revision, DateTimeOffset At) : INotification;
