using Carter;
using Mila.Events.Agenda;
using Mila.Events.Calls.Reviews;
using Mila.Events.Calls.Selections;
using Mila.Events.Calls.Submissions;

namespace Mila.Events.Calls;

internal sealed class CallsEndpoints : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app)
    {
        var calls = ForStaff(app.MapGroup("/v1/calls"));
        calls.MapList("/", ListCalls.Handle, ListCalls.Definition).WithName(nameof(ListCalls)).RequireScope("events:read");
        calls.MapPost<CallRequest>("/", DrawUpCall.Handle).WithName(nameof(DrawUpCall)).ProducesProblems(409);
        calls.MapGet("/{callId:guid}", ReadCall.Handle).WithName(nameof(ReadCall)).RequireScope("events:read").ProducesProblems(404);
        calls.MapMergePatch("/{callId:guid}", ChangeCall.Handle).WithName(nameof(ChangeCall));
        calls.MapPost("/{callId:guid}/publication", PublishCall.Handle).WithName(nameof(PublishCall)).ProducesProblems(404, 409, 422);
        calls.MapPost<CancelCall.Request>("/{callId:guid}/cancellation", CancelCall.Handle).WithName(nameof(CancelCall)).ProducesProblems(404, 409);
        calls.MapPost<InviteReviewer.Request>("/{callId:guid}/reviewers", InviteReviewer.Handle).WithName(nameof(InviteReviewer)).ProducesProblems(404, 409);
        calls.MapPost("/{callId:guid}/reviewers/{reviewerId:guid}/dismissal", DismissReviewer.Handle).WithName(nameof(DismissReviewer)).ProducesProblems(404, 409);
        calls.MapList("/{callId:guid}/submissions", ListSubmissions.Handle, ListSubmissions.Definition).WithName(nameof(ListSubmissions)).RequireScope("events:read").ProducesProblems(404);
        calls.MapList("/{callId:guid}/reviews", ListReviews.Handle, ListReviews.Definition).WithName(nameof(ListReviews)).RequireScope("events:read").ProducesProblems(404);
        calls.MapPost<ScoreSubmission.Request>("/{callId:guid}/reviews", ScoreSubmission.Handle).WithName(nameof(ScoreSubmission)).ProducesProblems(404, 409);
        calls.MapPost<DeclareConflict.Request>("/{callId:guid}/conflicts", DeclareConflict.Handle).WithName(nameof(DeclareConflict)).ProducesProblems(404, 409);
        calls.MapGet("/{callId:guid}/ranking", ReadRanking.Handle).WithName(nameof(ReadRanking)).RequireScope("events:read").ProducesProblems(404);
        calls.MapGet("/{callId:guid}/selection", ReadSelection.Handle).WithName(nameof(ReadSelection)).RequireScope("events:read").ProducesProblems(404);
        calls.MapPost<SelectArtists.Request>("/{callId:guid}/selection", SelectArtists.Handle).WithName(nameof(SelectArtists)).ProducesProblems(404, 409);
        calls.MapPost<AnnounceSelection.Request>("/{callId:guid}/announcement", AnnounceSelection.Handle).WithName(nameof(AnnounceSelection)).ProducesProblems(404, 409);

        // Whoever wants to take part needs no key.
        app.MapGroup("/v1/calls").WithTags("Calls").MapPost<SubmissionRequest>("/{callId:guid}/submissions", SubmitToCall.Handle).WithName(nameof(SubmitToCall)).Public().PublicForm().ProducesProblems(404, 409);

        var submissions = ForStaff(app.MapGroup("/v1/submissions"));
        submissions.MapGet("/{submissionId:guid}", ReadSubmission.Handle).WithName(nameof(ReadSubmission)).RequireScope("events:read").ProducesProblems(404);
        submissions.MapPost("/{submissionId:guid}/withdrawal", WithdrawSubmission.Handle).WithName(nameof(WithdrawSubmission)).ProducesProblems(404, 409);
        submissions.MapDelete("/{submissionId:guid}/personal-data", EraseSubmission.Handle).WithName(nameof(EraseSubmission)).ProducesProblems(404, 409, 412, 428);
    }

    // A partner sees of a call what everybody sees.
    private static RouteGroupBuilder ForStaff(RouteGroupBuilder group) => group.WithTags("Calls").RequireScope("events:write").ForStaff(CallErrors.StaffOnly);
}
