using Carter;
using Mila.Events.Import;
using Mila.Events.Series;

namespace Mila.Events.Agenda;

internal sealed class EventsEndpoints : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app)
    {
        var agenda = app.MapGroup("/v1/events").WithTags("Events").RequireScope("events:read");
        agenda.MapList("/", ListEvents.Handle, ListEvents.Definition).WithName(nameof(ListEvents));
        agenda.MapGet("/{eventId:guid}", ReadEvent.Handle).WithName(nameof(ReadEvent)).ProducesProblems(404);

        var events = app.MapGroup("/v1/events").WithTags("Events").RequireScope("events:write").ForStaff(EventErrors.StaffOnly);
        events.MapPost<EventRequest>("/", PlanEvent.Handle).WithName(nameof(PlanEvent)).ProducesProblems(409);
        events.MapPost<SeriesRequest>("/series", PlanSeries.Handle).WithName(nameof(PlanSeries)).ProducesProblems(409);
        events.MapPost<ImportEvents.Request>("/import", ImportEvents.Handle).WithName(nameof(ImportEvents));
        events.MapMergePatch("/{eventId:guid}", ChangeEvent.Handle).WithName(nameof(ChangeEvent));
        events.MapPost("/{eventId:guid}/publication", PublishEvent.Handle).WithName(nameof(PublishEvent)).ProducesProblems(404, 409);
        events.MapDelete("/{eventId:guid}/publication", UnpublishEvent.Handle).WithName(nameof(UnpublishEvent)).ProducesProblems(404, 409, 412, 428);
        events.MapPost<CancelEvent.Request>("/{eventId:guid}/cancellation", CancelEvent.Handle).WithName(nameof(CancelEvent)).ProducesProblems(404, 409);
        events.MapPost("/{eventId:guid}/holding", HoldEvent.Handle).WithName(nameof(HoldEvent)).ProducesProblems(404, 409);
        events.MapPost<LinkReplay.Request>("/{eventId:guid}/replay", LinkReplay.Handle).WithName(nameof(LinkReplay)).ProducesProblems(404, 409);
        events.MapDelete("/{eventId:guid}/replay", UnlinkReplay.Handle).WithName(nameof(UnlinkReplay)).ProducesProblems(404, 409, 412, 428);
    }
}
