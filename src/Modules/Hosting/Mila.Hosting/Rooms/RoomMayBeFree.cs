namespace Mila.Hosting.Rooms;

/// <summary>A room was given back, was opened or can be booked from now on: those who were refused may have it.</summary>
/// <param name="Cause">The event that gave it back, or the space.</param>
/// <param name="SpaceCode">The room.</param>
internal sealed record RoomMayBeFree(Guid Cause, string SpaceCode) : INotification;
