using Carter;
using Mila.Events.Agenda;

namespace Mila.Events.Programmes;

internal sealed class ProgrammesEndpoints : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app)
    {
        var programmes = app.MapGroup("/v1/programmes").WithTags("Events").RequireScope("events:read");
        programmes.MapList("/", ListProgrammes.Handle, ListProgrammes.Definition).WithName(nameof(ListProgrammes));
        programmes.MapGet("/{code}", ReadProgramme.Handle).WithName(nameof(ReadProgramme)).ProducesProblems(404);

        // What is only planned is MILA's own.
        var plans = app.MapGroup("/v1/programmes").WithTags("Events").RequireScope("events:read").ForStaff(EventErrors.PlansAreMilas);
        plans.MapGet("/{code}/progress", MeasureProgramme.Handle).WithName(nameof(MeasureProgramme)).ProducesProblems(400, 404);

        var changes = app.MapGroup("/v1/programmes").WithTags("Events").RequireScope("events:write").ForStaff(EventErrors.StaffOnly);
        changes.MapPost<ProgrammeRequest>("/", FoundProgramme.Handle).WithName(nameof(FoundProgramme)).ProducesProblems(409);
        changes.MapMergePatch("/{code}", ChangeProgramme.Handle).WithName(nameof(ChangeProgramme));
    }
}
