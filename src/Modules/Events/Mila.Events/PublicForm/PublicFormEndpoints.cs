using Carter;
using Mila.Events.Attendance;
using Mila.Events.Feedback;

namespace Mila.Events.PublicForm;

internal sealed class PublicFormEndpoints : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app)
    {
        // Pages for people, reached from an event or a mail: no part of the contract that programs read.
        var pages = app.MapGroup("").Public().ExcludeFromDescription();
        Page(pages.MapGet("/agenda/{slug}/registration", RegistrationForm.ShowAsync), "ReadRegistrationForm");
        Action(pages.MapPost("/agenda/{slug}/registration", RegistrationForm.TakeAsync), "SendRegistrationForm").PublicForm();
        Page(pages.MapGet("/registrations/{token}", OwnRegistration.ShowAsync), "ReadOwnRegistration");
        pages.MapGet("/registrations/{token}/code.svg", OwnRegistration.CodeAsync).WithName("ReadOwnCode").Produces(200, contentType: "image/svg+xml").ProducesProblems(404);
        Action(pages.MapPost("/registrations/{token}/confirmation", OwnRegistration.ConfirmAsync), "ConfirmOwnRegistration").PublicForm();
        Action(pages.MapPost("/registrations/{token}/acceptance", OwnRegistration.AcceptAsync), "AcceptOwnOffer").PublicForm();
        Action(pages.MapPost("/registrations/{token}/cancellation", OwnRegistration.CancelAsync), "CancelOwnRegistration").PublicForm();
        Action(pages.MapPost("/registrations/{token}/place", OwnRegistration.SwitchAsync), "SwitchOwnPlace").PublicForm();
        Page(pages.MapGet("/feedback/{token}", FeedbackForm.ShowAsync), "ReadFeedbackForm");
        Action(pages.MapPost("/feedback/{token}", FeedbackForm.TakeAsync), "SendFeedbackForm").PublicForm();

        // The phones at a door scan a queue from one address: of what they ask only wrong codes are counted. The code has eight digits.
        Page(pages.MapGet("/check-in/{token}", DoorPage.ShowAsync), "ReadDoorPage").NotLimited();
        Action(pages.MapPost("/check-in/{token}", DoorPage.CheckInAsync), "CheckInAtTheDoor").CountsWrongTries();
    }

    private static RouteHandlerBuilder Page(RouteHandlerBuilder route, string name) => route.WithName(name).Produces(200, contentType: "text/html").ProducesProblems(404);

    private static RouteHandlerBuilder Action(RouteHandlerBuilder route, string name) => route.WithName(name).Produces(200, contentType: "text/html").Produces(303).ProducesProblems(404);
}
