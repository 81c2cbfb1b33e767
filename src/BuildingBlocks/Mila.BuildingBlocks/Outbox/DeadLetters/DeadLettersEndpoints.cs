using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Mila.BuildingBlocks.Api;
using Mila.BuildingBlocks.Security;

namespace Mila.BuildingBlocks.Outbox.DeadLetters;

internal sealed class DeadLettersEndpoints : Carter.ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app)
    {
        var letters = app.MapGroup("/v1/dead-letters").WithTags("Dead letters").RequireScope(Scopes.Admin);
        letters.MapGet("/", ListDeadLetters.Handle).WithName(nameof(ListDeadLetters)).WithMetadata(ListDeadLetters.Description).ProducesProblems(400);
        letters.MapGet("/{letterId:guid}", ReadDeadLetter.Handle).WithName(nameof(ReadDeadLetter)).ProducesProblems(404);
        letters.MapPost("/{letterId:guid}/replay", ReplayDeadLetter.Handle).WithName(nameof(ReplayDeadLetter)).ProducesProblems(404, 409);
        letters.MapDelete("/{letterId:guid}", DiscardDeadLetter.Handle).WithName(nameof(DiscardDeadLetter)).ProducesProblems(404, 409, 412, 428);
    }
}
