namespace Mila.Partners.Partners;

/// <summary>A partner as the API shows it; its members mean what they mean in <see cref="PartnerRequest"/>.</summary>
internal sealed record PartnerResponse(
    Guid Id, string Code, string Name, PartnerKind Kind, bool Reciprocity, bool MilaIsMember, bool Followed, int? Since, string? Note, IReadOnlyList<string> Departments,
    Exchange? Exchange, string? ContactEmail, ProofIssuer? Proofs, IReadOnlyList<Confidence> ToldOf, DateTimeOffset UpdatedAt)
{
    /// <summary>For this caller: what staff note of a partner is not for the partner.</summary>
    public static PartnerResponse Of(Partner p, Caller caller) => caller.IsPartner ? Of(p) with { Note = null } : Of(p);

    public static PartnerResponse Of(Partner p) => new(
        p.Id, p.Code, p.Terms.Name, p.Terms.Kind, p.Terms.Reciprocity, p.Terms.MilaIsMember, p.Terms.Followed, p.Terms.Since, p.Terms.Note, p.Terms.Departments,
        p.Terms.Exchange, p.Terms.ContactEmail, p.Terms.Proofs, p.Terms.ToldOf ?? [], p.UpdatedAt);
}
