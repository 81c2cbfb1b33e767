using Carter;

namespace Mila.Events.Members;

internal sealed class MembersEndpoints : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app)
    {
        var members = app.MapGroup("/v1/events/members").WithTags("Events").RequireScope("events:read");
        members.MapGet("/{memberId:guid}", ReadEventsMember.Handle).WithName(nameof(ReadEventsMember)).ProducesProblems(404);
    }
}
