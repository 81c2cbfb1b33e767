using Carter;

namespace Mila.Coaching.Catalogue;

internal sealed class OffersEndpoints : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app)
    {
        var offers = app.MapGroup("/v1/coaching/services").WithTags("Coaching").RequireScope("coaching:write");
        offers.MapList("/", ListOffers.Handle, ListOffers.Definition).WithName(nameof(ListOffers)).RequireScope("coaching:read");
        offers.MapPost<OfferRequest>("/", MakeOffer.Handle).WithName(nameof(MakeOffer)).ProducesProblems(409);
        offers.MapGet("/{code}", ReadOffer.Handle).WithName(nameof(ReadOffer)).RequireScope("coaching:read").ProducesProblems(404);
        offers.MapMergePatch("/{code}", ChangeOffer.Handle).WithName(nameof(ChangeOffer));
    }
}
