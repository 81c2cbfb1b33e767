using Carter;

namespace Mila.Membership.Members;

internal sealed class MembersEndpoints : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app)
    {
        var members = app.MapGroup("/v1/members").WithTags("Membership").RequireScope("membership:write");
        members.MapList("/", ListMembers.Handle, ListMembers.Definition).WithName(nameof(ListMembers)).RequireScope("membership:read");
        members.MapPost<MemberRequest>("/", ProposeMember.Handle).WithName(nameof(ProposeMember)).ProducesProblems(409);
        members.MapGet("/{memberId:guid}", ReadMember.Handle).WithName(nameof(ReadMember)).RequireScope("membership:read").ProducesProblems(404);
        members.MapMergePatch("/{memberId:guid}", ChangeMember.Handle).WithName(nameof(ChangeMember));
        members.MapPost<AdmitMember.Request>("/{memberId:guid}/admission", AdmitMember.Handle).WithName(nameof(AdmitMember)).ProducesProblems(404, 409);
        members.MapPost<SuspendMember.Request>("/{memberId:guid}/suspension", SuspendMember.Handle).WithName(nameof(SuspendMember)).ProducesProblems(404, 409);
        members.MapPost("/{memberId:guid}/reinstatement", ReinstateMember.Handle).WithName(nameof(ReinstateMember)).ProducesProblems(404, 409);
        members.MapPost<RecordDeparture.Request>("/{memberId:guid}/departure", RecordDeparture.Handle).WithName(nameof(RecordDeparture)).ProducesProblems(404, 409);
    }
}
