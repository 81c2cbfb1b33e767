using Carter;

namespace Mila.Partners.Grants;

internal sealed class GrantsEndpoints : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app)
    {
        var grants = app.MapGroup("/v1/grants").WithTags("Partners").RequireScope("partners:write");
        grants.MapList("/", ListGrants.Handle, ListGrants.Definition).WithName(nameof(ListGrants)).RequireScope("partners:read");
        grants.MapPost<GrantRequest>("/", RequestGrant.Handle).WithName(nameof(RequestGrant));
        grants.MapGet("/{grantId:guid}", ReadGrant.Handle).WithName(nameof(ReadGrant)).RequireScope("partners:read").ProducesProblems(404);
        grants.MapMergePatch("/{grantId:guid}", ChangeGrant.Handle).WithName(nameof(ChangeGrant));
        grants.MapDelete("/{grantId:guid}", StrikeGrant.Handle).WithName(nameof(StrikeGrant)).ProducesProblems(404, 409, 412, 428);
    }
}
