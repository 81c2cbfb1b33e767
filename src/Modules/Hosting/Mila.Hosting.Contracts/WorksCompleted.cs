using MediatR;

namespace Mila.Hosting.Contracts;

/// <summary>Works in a space are finished: windows, doors, electricity, shutters.</summary>
/// <param name="WorksId">The works.</param>
/// <param name="SpaceCode">The space.</param>
/// <param name="SpaceKind"><c>office</c>, <c>desk</c>, <c>studio</c>, <c>meetingRoom</c> or <c>shop</c>.</param>
/// <param name="MemberId">The member that has the space; null when it stands empty.</param>
/// <param name="CompletedOn">The day.</param>
/// <param name="Revision">Grows with each correction; the newest counts.</param>
/// <param name="At">When this was said.</param>
public sealed record WorksCompleted(Guid WorksId, string SpaceCode, string SpaceKind, Guid? MemberId, DateOnly CompletedOn, int Revision, DateTimeOffset At) : INotification;
