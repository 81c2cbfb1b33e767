namespace Mila.Partners.Proofs;

/// <summary>That a proof was issued, accepted or refused; of the person nothing is kept.</summary>
/// <param name="Id">The record.</param>
/// <param name="Act">What was done.</param>
/// <param name="Refusal">The code of the refusal, where it was one.</param>
/// <param name="PartnerId">Whom it was issued for, or whose it is.</param>
/// <param name="Kid">The key that signed it.</param>
/// <param name="CallerId">The credential that asked; staff see it.</param>
/// <param name="At">When; of several refusals the first. Records are kept 90 days.</param>
/// <param name="Times">How often: refusals of one kind, by one caller, in one hour are one record.</param>
internal sealed record ProofRecordResponse(Guid Id, ProofAct Act, string? Refusal, Guid? PartnerId, string Kid, string? CallerId, DateTimeOffset At, int Times)
{
    public static ProofRecordResponse Of(ProofRecord r, Caller caller) => new(r.Id, r.Act, r.Refusal, r.PartnerId, r.Kid, caller.IsPartner ? null : r.CallerId, r.At, r.Times);
}
