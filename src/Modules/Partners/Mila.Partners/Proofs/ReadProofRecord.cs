namespace Mila.Partners.Proofs;

internal static class ReadProofRecord
{
    /// <summary>Read what became of a proof.</summary>
    internal static async Task<Results<Tagged<ProofRecordResponse>, ProblemHttpResult>> Handle(Guid recordId, Caller caller, IQuerySession session, CancellationToken ct) =>
        await session.LoadAsync<ProofRecord>(recordId, ct) is { } record && (!caller.IsPartner || record.PartnerId == caller.PartnerId)
            ? Etag.Ok(ProofRecordResponse.Of(record, caller), record)
            : ProofErrors.Unknown.ToProblem();
}
