namespace Mila.Hosting.Leases;

internal static class ReadLease
{
    /// <summary>Read a lease.</summary>
    internal static async Task<Results<Tagged<LeaseResponse>, ProblemHttpResult>> Handle(Guid leaseId, IQuerySession session, CancellationToken ct)
    {
        var lease = await session.LoadAsync<Lease>(leaseId, ct);
        return lease is null ? LeaseErrors.Unknown.ToProblem() : Etag.Ok(LeaseResponse.Of(lease), lease);
    }
}
