namespace Mila.Partners.Grants;

internal static class ReadGrant
{
    /// <summary>Read a grant.</summary>
    internal static async Task<Results<Tagged<GrantResponse>, ProblemHttpResult>> Handle(Guid grantId, Caller caller, IQuerySession session, CancellationToken ct)
    {
        var grant = await session.LoadAsync<Grant>(grantId, ct);
        return grant is null || (caller.IsPartner && grant.Terms.FunderId != caller.PartnerId) ? GrantErrors.Unknown.ToProblem() : Etag.Ok(GrantResponse.Of(grant), grant);
    }
}
