using Carter;
using Mila.Events.Feedback;

namespace Mila.Events.Attendance;

internal sealed class AttendanceEndpoints : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app)
    {
        var events = app.MapGroup("/v1/events/{eventId:guid}").WithTags("Attendance").RequireScope("events:read");
        events.MapGet("/attendance", ReadAttendance.Handle).WithName(nameof(ReadAttendance)).ProducesProblems(404);
        events.MapPost("/attendance", CloseAttendance.Handle).WithName(nameof(CloseAttendance)).RequireScope("events:write").ProducesProblems(404, 409);
        events.MapGet("/roster.csv", Roster.AsCsv).WithName("ReadRosterAsCsv").Produces(200, contentType: "text/csv").ProducesProblems(404);
        events.MapGet("/roster.html", Roster.AsPage).WithName("ReadRosterAsPage").Produces(200, contentType: "text/html").ProducesProblems(404);
        events.MapGet("/feedback", SummariseFeedback.OfEvent).WithName("ReadEventFeedback").ProducesProblems(404);

        app.MapPost("/v1/registrations/{registrationId:guid}/check-in", CheckIn.Handle).WithName(nameof(CheckIn)).WithTags("Attendance").RequireScope("events:write").ProducesProblems(404, 409);
        app.MapDelete("/v1/registrations/{registrationId:guid}/check-in", CheckIn.Undo).WithName("UndoCheckIn").WithTags("Attendance").RequireScope("events:write").ProducesProblems(404, 409, 412, 428);
        app.MapGet("/v1/programmes/{code}/feedback", SummariseFeedback.OfProgramme).WithName("ReadProgrammeFeedback").WithTags("Attendance").RequireScope("events:read").ProducesProblems(404);
    }
}
