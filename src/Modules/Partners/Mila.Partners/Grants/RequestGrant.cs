using Mila.Partners.Partners;

namespace Mila.Partners.Grants;

internal static class RequestGrant
{
    /// <summary>Keep a grant that was requested, or has come further.</summary>
    internal static async Task<Results<TaggedCreated<GrantResponse>, ProblemHttpResult>> Handle(
        GrantRequest request, Caller caller, IDocumentSession session, FundingSettings settings, TimeProvider clock, CancellationToken ct)
    {
        if (caller.IsPartner) return PartnerErrors.StaffOnly.ToProblem();
        if (await session.LoadAsync<Partner>(request.FunderId, ct) is not { Terms.Kind: PartnerKind.Funder }) return GrantErrors.UnknownFunder.At("/funderId").ToProblem();

        var now = clock.GetUtcNow();
        if (!Grant.Request(Guid.CreateVersion7(now), request.ToTerms(), now).Succeeded(out var grant, out var refusal)) return refusal.ToProblem();

        Reminders.Schedule(session, grant, settings, now);
        session.Store(grant);
        await session.SaveChangesAsync(ct);
        return Etag.Created($"/v1/grants/{grant.Id}", GrantResponse.Of(grant), grant);
    }
}
