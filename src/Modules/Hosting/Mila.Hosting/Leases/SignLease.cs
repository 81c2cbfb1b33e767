using Mila.BuildingBlocks.Time;
using Mila.Hosting.Members;
using Mila.Hosting.Spaces;

namespace Mila.Hosting.Leases;

internal static class SignLease
{
    /// <summary>Sign a lease. It starts at once when its first day is today or has passed, else at 00:00 of that day in Paris.</summary>
    internal static async Task<Results<TaggedCreated<LeaseResponse>, ProblemHttpResult>> Handle(LeaseRequest request, IDocumentSession session, TimeProvider clock, CancellationToken ct)
    {
        var spaceId = await session.Query<Space>().Where(s => s.Code == request.SpaceCode).Select(s => s.Id).FirstOrDefaultAsync(ct);
        if (spaceId == default) return LeaseErrors.UnknownSpace.At("/spaceCode").ToProblem();

        // The member before the space, everywhere: its months are as scarce as the days of the space, and two locks need one order.
        var member = await session.LoadLockedAsync<KnownMember>(request.MemberId, ct);
        if (member is null) return LeaseErrors.UnknownMember.At("/memberId").ToProblem();
        var space = await session.LoadLockedAsync<Space>(spaceId, ct);
        var ofSpace = await session.Query<Lease>().Where(l => l.SpaceCode == request.SpaceCode).ToListAsync(ct);
        var ofMember = await session.Query<Lease>().Where(l => l.MemberId == request.MemberId).ToListAsync(ct);

        var now = clock.GetUtcNow();
        if (!Lease.Sign(Guid.CreateVersion7(now), member, space!, request.Term, request.Note, ofSpace, ofMember, ParisTime.Today(clock), now).Succeeded(out var lease, out var refusal)) return refusal.ToProblem();

        session.Store(lease);
        session.PublishSigned(lease);
        await session.SaveChangesAsync(ct);
        return Etag.Created($"/v1/leases/{lease.Id}", LeaseResponse.Of(lease), lease);
    }
}
