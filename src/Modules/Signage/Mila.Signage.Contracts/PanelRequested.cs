using MediatR;

namespace Mila.Signage.Contracts;

/// <summary>A shop needs a panel.</summary>
/// <param name="PanelId">The panel.</param>
/// <param name="SpaceCode">The shop.</param>
/// <param name="MemberId">The member that it names, where that is known.</param>
/// <param name="At">When.</param>
public sealed record PanelRequested(Guid PanelId, string SpaceCode, Guid? MemberId, DateTimeOffset At) : INotification;
