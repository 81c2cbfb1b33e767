using Mila.Partners.Claims;
using Mila.Partners.Partners;

namespace Mila.Partners.Discounts;

internal static class AddDiscountCodes
{
    private const int MostAtOnce = 1000;

    /// <param name="Codes">What the merchant gave, 1 to 1 000 codes of at most 100 characters. One that is there already, or was given to a member, is left out.</param>
    internal sealed record Request(IReadOnlyList<string> Codes);

    /// <param name="Codes">How codes are given.</param>
    /// <param name="PromoCode">The shared code, where it is one for all.</param>
    /// <param name="Free">Codes that nobody has yet.</param>
    /// <param name="Given">Codes that members have.</param>
    internal sealed record Response(CodeKind Codes, string? PromoCode, int Free, int Given);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Codes).NotEmpty().AtMost(MostAtOnce);
            RuleForEach(r => r.Codes).NotEmpty().MaximumLength(100);
        }
    }

    /// <summary>Put codes into the pool of a discount.</summary>
    internal static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(Guid discountId, Request request, Caller caller, IDocumentSession session, TimeProvider clock, CancellationToken ct)
    {
        var discount = await session.LoadLockedAsync<Discount>(discountId, ct);
        if (discount is null || (caller.IsPartner && discount.Terms.PartnerId != caller.PartnerId)) return DiscountErrors.Unknown.ToProblem();
        if (caller.IsPartner) return PartnerErrors.StaffOnly.ToProblem();
        if (discount.Terms.Codes is not CodeKind.PerMember) return DiscountErrors.NoPool.ToProblem();

        var pool = await CodePool.FindAsync(session, discountId, ct);
        var wanted = request.Codes.ToArray();
        var given = await session.Query<DiscountClaim>().Where(c => c.DiscountId == discountId && c.Code!.IsOneOf(wanted)).Select(c => c.Code!).ToListAsync(ct);
        if (!pool.Add(request.Codes, given.ToHashSet(StringComparer.Ordinal)).Succeeded(out var refusal)) return refusal.ToProblem();

        session.WriteLocked([pool], p => p.Id, clock.GetUtcNow());
        await session.SaveChangesAsync(ct);
        return TypedResults.Ok(new Response(discount.Terms.Codes, PromoCode: null, pool.Free.Count, pool.Given));
    }
}
