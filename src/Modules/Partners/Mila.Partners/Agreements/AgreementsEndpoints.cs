using Carter;

namespace Mila.Partners.Agreements;

internal sealed class AgreementsEndpoints : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app)
    {
        var agreements = app.MapGroup("/v1/partners/{partnerId:guid}/agreements").WithTags("Partners").RequireScope("partners:write");
        agreements.MapList("/", ListAgreements.Handle, ListAgreements.Definition).WithName(nameof(ListAgreements)).RequireScope("partners:read").ProducesProblems(404);
        agreements.MapPost<AgreementRequest>("/", SignAgreement.Handle).WithName(nameof(SignAgreement)).ProducesProblems(404, 409);
        agreements.MapGet("/{agreementId:guid}", ReadAgreement.Handle).WithName(nameof(ReadAgreement)).RequireScope("partners:read").ProducesProblems(404);
        agreements.MapMergePatch("/{agreementId:guid}", ChangeAgreement.Handle).WithName(nameof(ChangeAgreement));
        agreements.MapPost<EndAgreement.Request>("/{agreementId:guid}/ending", EndAgreement.Handle).WithName(nameof(EndAgreement)).ProducesProblems(404, 409);
    }
}
