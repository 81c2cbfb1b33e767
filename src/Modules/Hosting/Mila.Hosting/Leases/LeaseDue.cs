namespace Mila.Hosting.Leases;

/// <summary>The first day of a planned lease has come. Scheduled by Hosting for itself, at 00:00 in Paris.</summary>
/// <param name="LeaseId">The lease.</param>
/// <param name="TermRevision">The term that this timer was set for.</param>
internal sealed record LeaseDue(Guid LeaseId, int TermRevision) : INotification;
