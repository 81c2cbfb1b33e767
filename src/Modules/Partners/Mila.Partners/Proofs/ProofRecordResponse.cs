namespace Mila.Partners.Proofs;

/// <summary>That a proof was issued, accepted or refused; of the person nothing is kept.</summary>
/// <param name="Id">The record.</param>
/// <param name="Act">What was done.</param>
/// <param name="Refusal">The code of the refusal, where it was one.</param>
/// <param name="PartnerId">Whom it was issued for, or whose it is.</param>
/// <param name="Kid">The key that signed it.</param>
/// <param name="CallerId">The credential that asked; staff see it.</param>
/// <param name="At">When. Records are kept 90 days.</param>
internal sealed record ProofRecordResponse(Guid Id, ProofAct Act, string? Refusal, Guid? PartnerId, string Kid, string? CallerId, DateTimeOffset At)
{
    public static ProofRecordResponse Of(ProofRecord r, Caller caller) => new(r.Id, r.Act, r.Refusal, r.PartnerId, r.Kid, caller.IsPartner ? null : r.CallerId, r.At);
}
