using Mila.Hosting.Members;
using Mila.Hosting.Spaces;

namespace Mila.Hosting.Leases;

internal static class RenewLease
{
    /// <param name="EndsOn">The new last day, included; later than the present one.</param>
    internal sealed record Request(DateOnly EndsOn);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator() => RuleFor(r => r.EndsOn).WithinReason();
    }

    /// <summary>Renew a lease that runs.</summary>
    internal static async Task<Results<Tagged<LeaseResponse>, ProblemHttpResult>> Handle(
        Guid leaseId, Request request, IDocumentSession session, TimeProvider clock, CancellationToken ct)
    {
        var known = await session.LoadAsync<Lease>(leaseId, ct);
        if (known is null) return LeaseErrors.Unknown.ToProblem();

        var spaceId = await session.Query<Space>().Where(s => s.Code == known.SpaceCode).Select(s => s.Id).FirstAsync(ct);
        var member = await session.LoadLockedAsync<KnownMember>(known.MemberId, ct);
        await session.LoadLockedAsync<Space>(spaceId, ct);
        var lease = (await session.LoadAsync<Lease>(leaseId, ct))!;
        var ofSpace = await session.Query<Lease>().Where(l => l.SpaceCode == known.SpaceCode).ToListAsync(ct);
        var ofMember = await session.Query<Lease>().Where(l => l.MemberId == known.MemberId).ToListAsync(ct);

        if (!lease.Renew(member!, request.EndsOn, ofSpace, ofMember, clock.GetUtcNow()).Succeeded(out var refusal)) return refusal.ToProblem();

        session.Store(lease);
        session.Publish(lease.Renewed());
        session.ScheduleEnd(lease);
        await session.SaveChangesAsync(ct);
        return Etag.Ok(LeaseResponse.Of(lease), lease);
    }
}
