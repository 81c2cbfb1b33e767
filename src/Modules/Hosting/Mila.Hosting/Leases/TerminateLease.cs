using Mila.BuildingBlocks.Time;

namespace Mila.Hosting.Leases;

internal static class TerminateLease
{
    /// <param name="EndsOn">Last day, included, within the term; null is today. A lease that has not started is called off whatever is said here.</param>
    internal sealed record Request(DateOnly? EndsOn = null);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator() => RuleFor(r => r.EndsOn).WithinReason();
    }

    /// <summary>End a lease before its agreed end, or call it off before it starts. When the last day is to come, it runs until then.</summary>
    internal static async Task<Results<Tagged<LeaseResponse>, ProblemHttpResult>> Handle(
        Guid leaseId, Request? request, IDocumentSession session, TimeProvider clock, CancellationToken ct)
    {
        var lease = await session.LoadAsync<Lease>(leaseId, ct);
        if (lease is null) return LeaseErrors.Unknown.ToProblem();

        var today = ParisTime.Today(clock);
        if (!lease.Terminate(request?.EndsOn ?? today, today, clock.GetUtcNow()).Succeeded(out var hasEnded, out var refusal)) return refusal.ToProblem();

        session.Store(lease);
        if (!hasEnded) session.ScheduleEnd(lease);
        session.Publish(!hasEnded ? lease.TermAgreed() : lease.HasRun ? lease.Ended() : lease.CalledOff());
        await session.SaveChangesAsync(ct);
        return Etag.Ok(LeaseResponse.Of(lease), lease);
    }
}
