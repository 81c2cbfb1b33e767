using MediatR;

namespace Mila.Signage.Contracts;

/// <summary>A panel hangs at its shop.</summary>
/// <param name="PanelId">The panel.</param>
/// <param name="SpaceCode">The shop.</param>
/// <param name="MemberId">The member that it names, where that is known.</param>
/// <param name="Code">Its short code: <c>/q/{code}</c>.</param>
/// <param name="At">When.</param>
public sealed record PanelInstalled(Guid PanelId, string SpaceCode, Guid? MemberId, string Code, DateTimeOffset At) : INotification;
