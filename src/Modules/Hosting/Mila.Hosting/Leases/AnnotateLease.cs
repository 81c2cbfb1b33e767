namespace Mila.Hosting.Leases;

internal static class AnnotateLease
{
    /// <param name="Note">For the staff, at most 1 000 characters.</param>
    internal sealed record Request(string? Note = null)
    {
        /// <summary>What a patch starts from.</summary>
        public static Request Of(Lease l) => new(l.Note);
    }

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator() => RuleFor(r => r.Note).MaximumLength(1000);
    }

    private static readonly string[] Term = ["memberId", "spaceCode", "startsOn", "endsOn", "status"];

    /// <summary>Change the note of a lease; its term changes by renewal and termination only.</summary>
    internal static async Task<Results<Tagged<LeaseResponse>, ProblemHttpResult>> Handle(
        Guid leaseId, Patch<Request> patch, IfMatch ifMatch, IDocumentSession session, TimeProvider clock, CancellationToken ct)
    {
        var lease = await session.LoadAsync<Lease>(leaseId, ct);
        if (lease is null) return LeaseErrors.Unknown.ToProblem();
        if (!ifMatch.Allows(lease, out var stale)) return stale;
        if (patch.Names.FirstOrDefault(Term.Contains) is { } member) return LeaseErrors.TermByAction.At($"/{member}").ToProblem();
        if (!(await patch.ApplyToAsync(Request.Of(lease), ct)).Succeeded(out var request, out var invalid)) return invalid.ToProblem();
        if (request.Note == lease.Note) return Etag.Ok(LeaseResponse.Of(lease), lease);

        lease.Annotate(request.Note, clock.GetUtcNow());
        session.Store(lease);
        await session.SaveChangesAsync(ct);
        return Etag.Ok(LeaseResponse.Of(lease), lease);
    }
}
