using Mila.Partners.Partners;

namespace Mila.Partners.Grants;

internal static class ChangeGrant
{
    /// <summary>Change a grant, or say how far it has come.</summary>
    internal static async Task<Results<Tagged<GrantResponse>, ProblemHttpResult>> Handle(
        Guid grantId, Patch<GrantRequest> patch, IfMatch ifMatch, Caller caller, IDocumentSession session, FundingSettings settings, TimeProvider clock, CancellationToken ct)
    {
        var grant = await session.LoadAsync<Grant>(grantId, ct);
        if (grant is null || (caller.IsPartner && grant.Terms.FunderId != caller.PartnerId)) return GrantErrors.Unknown.ToProblem();
        if (caller.IsPartner) return PartnerErrors.StaffOnly.ToProblem();
        if (!ifMatch.Allows(grant, out var stale)) return stale;
        if (!(await patch.ApplyToAsync(GrantRequest.Of(grant), ct)).Succeeded(out var request, out var invalid)) return invalid.ToProblem();
        if (request.ToTerms().Says(grant.Terms)) return Etag.Ok(GrantResponse.Of(grant), grant);

        var now = clock.GetUtcNow();
        if (!grant.Change(request.ToTerms(), now).Succeeded(out var refusal)) return refusal.ToProblem();

        Reminders.Schedule(session, grant, settings, now);
        session.Store(grant);
        await session.SaveChangesAsync(ct);
        return Etag.Ok(GrantResponse.Of(grant), grant);
    }
}
