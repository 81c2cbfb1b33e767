using Carter;

namespace Mila.Membership.Affiliations;

internal sealed class AffiliationsEndpoints : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app)
    {
        var affiliations = app.MapGroup("/v1/members/{memberId:guid}/affiliations").WithTags("Membership").RequireScope("membership:write");
        affiliations.MapGet("/", ReadAffiliations.Handle).WithName(nameof(ReadAffiliations)).RequireScope("membership:read").ProducesProblems(400, 404);
        affiliations.MapPost<SetAffiliation.Request>("/", SetAffiliation.Handle).WithName(nameof(SetAffiliation)).ProducesProblems(404, 409);
    }
}
