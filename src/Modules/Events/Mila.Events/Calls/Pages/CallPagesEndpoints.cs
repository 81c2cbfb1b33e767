using Carter;

namespace Mila.Events.Calls.Pages;

internal sealed class CallPagesEndpoints : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app)
    {
        var open = app.MapGroup("").WithTags("Public agenda").Public().NotLimited();
        Page(open.MapGet("/calls", CallPages.ShowAllAsync), "ReadCallsPage").Produces(304);
        Page(open.MapGet("/calls/{slug}", CallPages.ShowOneAsync), "ReadCallPage").Produces(304);
        app.MapGroup("/feeds").WithTags("Public agenda").Public().NotLimited().MapGet("/calls.json", ServeCalls.Handle).WithName("ReadPublicCalls").Produces<ServeCalls.Response>().Produces(304);

        // Pages for people, reached from a call or a mail: no part of the contract that programs read.
        var pages = app.MapGroup("").Public().ExcludeFromDescription();
        Page(pages.MapGet("/calls/{slug}/submission", SubmissionForm.ShowAsync), "ReadSubmissionForm");
        Action(pages.MapPost("/calls/{slug}/submission", SubmissionForm.TakeAsync), "SendSubmissionForm").PublicForm();
        Page(pages.MapGet("/submissions/{token}", OwnSubmission.ShowAsync), "ReadOwnSubmission");
        Action(pages.MapPost("/submissions/{token}", OwnSubmission.ChangeAsync), "ChangeOwnSubmission").PublicForm();
        Action(pages.MapPost("/submissions/{token}/confirmation", OwnSubmission.ConfirmAsync), "ConfirmOwnSubmission").PublicForm();
        Action(pages.MapPost("/submissions/{token}/withdrawal", OwnSubmission.WithdrawAsync), "WithdrawOwnSubmission").PublicForm();

        // A jury that sits around one table shares an address and scores quickly: the limit of forms would stop it. The link has 128 bits.
        Page(pages.MapGet("/reviews/{token}", ReviewerPages.ShowListAsync), "ReadReviewerPage");
        Page(pages.MapGet("/reviews/{token}/{submissionId:guid}", ReviewerPages.ShowOneAsync), "ReadReviewPage");
        Action(pages.MapPost("/reviews/{token}/{submissionId:guid}/scores", ReviewerPages.ScoreAsync), "SendReviewForm");
        Action(pages.MapPost("/reviews/{token}/{submissionId:guid}/conflict", ReviewerPages.DeclareAsync), "SendConflictForm");
        Action(pages.MapPost("/reviews/{token}/completion", ReviewerPages.FinishAsync), "FinishReviews");
    }

    private static RouteHandlerBuilder Page(RouteHandlerBuilder route, string name) => route.WithName(name).Produces(200, contentType: "text/html").ProducesProblems(404);

    private static RouteHandlerBuilder Action(RouteHandlerBuilder route, string name) => route.WithName(name).Produces(200, contentType: "text/html").Produces(303).ProducesProblems(404);
}
