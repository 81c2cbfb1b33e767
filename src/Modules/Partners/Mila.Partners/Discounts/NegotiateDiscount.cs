using Mila.Partners.Partners;

namespace Mila.Partners.Discounts;

internal static class NegotiateDiscount
{
    /// <summary>Keep a discount that was negotiated.</summary>
    internal static async Task<Results<TaggedCreated<DiscountResponse>, ProblemHttpResult>> Handle(
        DiscountRequest request, Caller caller, IDocumentSession session, TimeProvider clock, CancellationToken ct)
    {
        if (caller.IsPartner) return PartnerErrors.StaffOnly.ToProblem();
        if (request.PartnerId is { } partnerId && !await session.Query<Partner>().AnyAsync(p => p.Id == partnerId, ct)) return DiscountErrors.UnknownPartner.At("/partnerId").ToProblem();

        var now = clock.GetUtcNow();
        if (!Discount.Negotiate(Guid.CreateVersion7(now), request.ToTerms(), now).Succeeded(out var discount, out var refusal)) return refusal.ToProblem();

        session.Store(discount);
        await session.SaveChangesAsync(ct);
        return Etag.Created($"/v1/discounts/{discount.Id}", DiscountResponse.Of(discount), discount);
    }
}
