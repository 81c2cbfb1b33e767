using Carter;

namespace Mila.Hosting.Leases;

internal sealed class LeasesEndpoints : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app)
    {
        var leases = app.MapGroup("/v1/leases").WithTags("Hosting").RequireScope("hosting:write");
        leases.MapList("/", ListLeases.Handle, ListLeases.Definition).WithName(nameof(ListLeases)).RequireScope("hosting:read");
        leases.MapPost<LeaseRequest>("/", SignLease.Handle).WithName(nameof(SignLease)).ProducesProblems(409);
        leases.MapGet("/{leaseId:guid}", ReadLease.Handle).WithName(nameof(ReadLease)).RequireScope("hosting:read").ProducesProblems(404);
        leases.MapMergePatch("/{leaseId:guid}", AnnotateLease.Handle).WithName(nameof(AnnotateLease));
        leases.MapPost<RenewLease.Request>("/{leaseId:guid}/renewal", RenewLease.Handle).WithName(nameof(RenewLease)).ProducesProblems(404, 409);
        leases.MapPost<TerminateLease.Request>("/{leaseId:guid}/termination", TerminateLease.Handle).WithName(nameof(TerminateLease)).ProducesProblems(404, 409);
    }
}
