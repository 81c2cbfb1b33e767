using Carter;
using Mila.BuildingBlocks.Api.Idempotency;
using Mila.Events.Waiting;

namespace Mila.Events.Registrations;

internal sealed class RegistrationsEndpoints : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app)
    {
        var ofEvent = app.MapGroup("/v1/events/{eventId:guid}/registrations").WithTags("Registrations").RequireScope("events:read");
        ofEvent.MapPost<RegisterForEvent.Request>("/", RegisterForEvent.Handle).WithName(nameof(RegisterForEvent)).Public().PublicForm().KeepsItsAnswers().ProducesProblems(401, 404, 409);
        ofEvent.MapList("/", ListRegistrations.Handle, ListRegistrations.Definition).WithName(nameof(ListRegistrations)).ProducesProblems(404);

        var registrations = app.MapGroup("/v1/registrations").WithTags("Registrations").RequireScope("events:write");
        registrations.MapGet("/{registrationId:guid}", ReadRegistration.Handle).WithName(nameof(ReadRegistration)).RequireScope("events:read").ProducesProblems(404);
        registrations.MapPost("/{registrationId:guid}/cancellation", CancelRegistration.Handle).WithName(nameof(CancelRegistration)).ProducesProblems(404, 409);
        registrations.MapPost("/{registrationId:guid}/acceptance", AcceptOffer.Handle).WithName(nameof(AcceptOffer)).ProducesProblems(404, 409);
        registrations.MapPost<SwitchPlace.Request>("/{registrationId:guid}/place", SwitchPlace.Handle).WithName(nameof(SwitchPlace)).ProducesProblems(404, 409);
        registrations.MapPost<MoveInLine.Request>("/{registrationId:guid}/position", MoveInLine.Handle).WithName(nameof(MoveInLine)).ProducesProblems(404, 409);
        registrations.MapList("/{registrationId:guid}/decisions", ListDecisions.Handle, ListDecisions.Definition).WithName(nameof(ListDecisions)).RequireScope("events:read").ProducesProblems(404);
    }
}
