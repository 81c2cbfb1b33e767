using Carter;
using Mila.Events.Agenda;

namespace Mila.Events.Members;

internal sealed class MembersEndpoints : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app)
    {
        var members = app.MapGroup("/v1/events/members").WithTags("Events").RequireScope("events:read").ForStaff(MemberErrors.StaffOnly);
        members.MapGet("/{memberId:guid}", ReadEventsMember.Handle).WithName(nameof(ReadEventsMember)).ProducesProblems(404);
    }
}
