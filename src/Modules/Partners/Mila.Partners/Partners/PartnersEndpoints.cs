using Carter;

namespace Mila.Partners.Partners;

internal sealed class PartnersEndpoints : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app)
    {
        var partners = app.MapGroup("/v1/partners").WithTags("Partners").RequireScope("partners:write");
        partners.MapList("/", ListPartners.Handle, ListPartners.Definition).WithName(nameof(ListPartners)).RequireScope("partners:read");
        partners.MapPost<PartnerRequest>("/", RegisterPartner.Handle).WithName(nameof(RegisterPartner)).ProducesProblems(409);
        partners.MapGet("/{partnerId:guid}", ReadPartner.Handle).WithName(nameof(ReadPartner)).RequireScope("partners:read").ProducesProblems(404);
        partners.MapMergePatch("/{partnerId:guid}", ChangePartner.Handle).WithName(nameof(ChangePartner));
    }
}
