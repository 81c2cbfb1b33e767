using Mila.BuildingBlocks.Api.Lists;

namespace Mila.Partners.Proofs;

internal static class ListProofRecords
{
    internal static readonly ListOf<ProofRecord> Definition = new ListOf<ProofRecord>()
        .Sort("at", r => r.At)
        .Filter("act", r => r.Act)
        .Filter("partnerId", r => r.PartnerId)
        .Filter("refusal", r => r.Refusal)
        .From("from", r => r.At)
        .Until("to", r => r.At);

    /// <summary>List which proofs were issued, accepted and refused. A partner's key sees its own.</summary>
    internal static Task<Results<Ok<Page<ProofRecordResponse>>, ProblemHttpResult>> Handle(ListRequest list, Caller caller, IQuerySession session, CancellationToken ct) =>
        Definition.AnswerAsync(list, session, r => ProofRecordResponse.Of(r, caller), ct, caller.PartnerId is { } own ? [(r => r.PartnerId, own.ToString())] : []);
}
