using Carter;

namespace Mila.Coaching.Members;

internal sealed class MembersEndpoints : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app)
    {
        var members = app.MapGroup("/v1/coaching/members").WithTags("Coaching").RequireScope("coaching:read");
        members.MapGet("/{memberId:guid}", ReadCoachingMember.Handle).WithName(nameof(ReadCoachingMember)).ProducesProblems(404);
    }
}
