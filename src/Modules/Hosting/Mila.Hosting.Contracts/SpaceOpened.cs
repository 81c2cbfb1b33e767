using MediatR;

namespace Mila.Hosting.Contracts;

/// <summary>MILA has one more space. Its code and its kind never change.</summary>
/// <param name="SpaceId">The space.</param>
/// <param name="SpaceCode">Its code.</param>
/// <param name="SpaceKind"><c>office</c>, <c>desk</c>, <c>studio</c>, <c>meetingRoom</c> or <c>shop</c>.</param>
/// <param name="At">When this was said.</param>
public sealed record SpaceOpened(Guid SpaceId, string SpaceCode, string SpaceKind, DateTimeOffset At) : INotification;
