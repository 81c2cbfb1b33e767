using Carter;

namespace Mila.Events.Programmes;

internal sealed class ProgrammesEndpoints : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app)
    {
        var programmes = app.MapGroup("/v1/programmes").WithTags("Events").RequireScope("events:write");
        programmes.MapList("/", ListProgrammes.Handle, ListProgrammes.Definition).WithName(nameof(ListProgrammes)).RequireScope("events:read");
        programmes.MapPost<ProgrammeRequest>("/", FoundProgramme.Handle).WithName(nameof(FoundProgramme)).ProducesProblems(409);
        programmes.MapGet("/{code}", ReadProgramme.Handle).WithName(nameof(ReadProgramme)).RequireScope("events:read").ProducesProblems(404);
        programmes.MapGet("/{code}/progress", MeasureProgramme.Handle).WithName(nameof(MeasureProgramme)).RequireScope("events:read").ProducesProblems(400, 404);
        programmes.MapMergePatch("/{code}", ChangeProgramme.Handle).WithName(nameof(ChangeProgramme));
    }
}
