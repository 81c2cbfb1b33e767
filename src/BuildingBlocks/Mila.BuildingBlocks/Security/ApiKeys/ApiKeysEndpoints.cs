using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Mila.BuildingBlocks.Api;

namespace Mila.BuildingBlocks.Security.ApiKeys;

internal sealed class ApiKeysEndpoints : Carter.ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app)
    {
        var keys = app.MapGroup("/v1/api-keys").WithTags("Keys").RequireScope(Scopes.Admin);
        keys.MapList("/", ListApiKeys.Handle, ListApiKeys.Definition).WithName(nameof(ListApiKeys));
        keys.MapPost<IssueApiKey.Request>("/", IssueApiKey.Handle).WithName(nameof(IssueApiKey));
        keys.MapGet("/{keyId:guid}", ReadApiKey.Handle).WithName(nameof(ReadApiKey)).ProducesProblems(404);
        keys.MapDelete("/{keyId:guid}", RevokeApiKey.Handle).WithName(nameof(RevokeApiKey)).ProducesProblems(404, 409, 412, 428);
        keys.MapPost("/{keyId:guid}/rotate", RotateApiKey.Handle).WithName(nameof(RotateApiKey)).ProducesProblems(404, 409);
    }
}
