namespace Mila.Hosting.Leases;

/// <summary>The last day of a running lease is over. Scheduled by Hosting for itself, at 00:00 in Paris on the day after.</summary>
/// <param name="LeaseId">The lease.</param>
/// <param name="TermRevision">The term that this timer was set for.</param>
internal sealed record LeaseExpired(Guid LeaseId, int TermRevision) : INotification;
