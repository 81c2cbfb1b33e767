using Carter;

namespace Mila.Partners.Evidence;

internal sealed class EvidenceEndpoints : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapGroup("/v1/evidence").WithTags("Partners").RequireScope("partners:read").MapList("/", ListEvidence.Handle, ListEvidence.Definition).WithName(nameof(ListEvidence));
}
