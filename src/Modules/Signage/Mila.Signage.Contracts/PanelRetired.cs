using MediatR;

namespace Mila.Signage.Contracts;

/// <summary>A panel was taken down, or will never be made.</summary>
/// <param name="PanelId">The panel.</param>
/// <param name="SpaceCode">The shop.</param>
/// <param name="MemberId">The member that it named, where that is known.</param>
/// <param name="Code">Its short code, which no other panel will ever have.</param>
/// <param name="At">When.</param>
public sealed record PanelRetired(Guid PanelId, string SpaceCode, Guid? MemberId, string Code, DateTimeOffset At) : INotification;
