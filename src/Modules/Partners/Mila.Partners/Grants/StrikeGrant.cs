using Mila.Partners.Partners;

namespace Mila.Partners.Grants;

internal static class StrikeGrant
{
    /// <summary>Strike a grant that was entered by mistake. One that was awarded, or of which something was paid or reported, stays.</summary>
    internal static async Task<Results<NoContent, ProblemHttpResult>> Handle(Guid grantId, IfMatch ifMatch, Caller caller, IDocumentSession session, CancellationToken ct)
    {
        var grant = await session.LoadAsync<Grant>(grantId, ct);
        if (grant is null || (caller.IsPartner && grant.Terms.FunderId != caller.PartnerId)) return GrantErrors.Unknown.ToProblem();
        if (caller.IsPartner) return PartnerErrors.StaffOnly.ToProblem();
        if (!ifMatch.Allows(grant, out var stale)) return stale;
        if (!grant.Strike().Succeeded(out var refusal)) return refusal.ToProblem();

        session.Delete(grant);
        await session.SaveChangesAsync(ct);
        return TypedResults.NoContent();
    }
}
