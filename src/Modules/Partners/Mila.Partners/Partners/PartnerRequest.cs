namespace Mila.Partners.Partners;

/// <summary>What staff say of a partner.</summary>
/// <param name="Code">Lower-case words joined by hyphens, at most 50 characters; never changes.</param>
/// <param name="Name">Its name, at most 200 characters.</param>
/// <param name="Kind">What it is to MILA.</param>
/// <param name="Reciprocity">Whether each other's members are welcome at each other's events.</param>
/// <param name="MilaIsMember">Whether MILA belongs to it.</param>
/// <param name="Followed">Whether MILA follows what it does.</param>
/// <param name="Since">The year it began, 2002 to 2100.</param>
/// <param name="Note">At most 2 000 characters.</param>
/// <param name="Departments">Its departments that MILA deals with, at most 20.</param>
/// <param name="Exchange">What is exchanged in kind.</param>
/// <param name="ContactEmail">Who is written to when its webhooks fail.</param>
/// <param name="Proofs">How it signs its own proofs of membership.</param>
/// <param name="ToldOf">What it is told of, by ids, beside what is public and what is its own: nothing unless staff say so.</param>
internal sealed record PartnerRequest(
    string Code, string Name, PartnerKind Kind, bool Reciprocity = false, bool MilaIsMember = false, bool Followed = false, int? Since = null, string? Note = null,
    IReadOnlyList<string>? Departments = null, Exchange? Exchange = null, string? ContactEmail = null, ProofIssuer? Proofs = null, IReadOnlyList<Confidence>? ToldOf = null)
{
    public PartnerTerms ToTerms() => new(Name, Kind, Reciprocity, MilaIsMember, Followed, Since, Note, Departments ?? [], Exchange, ContactEmail, Proofs, [.. (ToldOf ?? []).Distinct().Order()]);

    /// <summary>What a patch starts from.</summary>
    public static PartnerRequest Of(Partner p) => new(
        p.Code, p.Terms.Name, p.Terms.Kind, p.Terms.Reciprocity, p.Terms.MilaIsMember, p.Terms.Followed, p.Terms.Since, p.Terms.Note, p.Terms.Departments, p.Terms.Exchange, p.Terms.ContactEmail, p.Terms.Proofs,
        p.Terms.ToldOf);

    internal sealed class Validator : AbstractValidator<PartnerRequest>
    {
        public Validator()
        {
            RuleFor(p => p.Code).Code();
            RuleFor(p => p.Name).NotEmpty().MaximumLength(200);
            RuleFor(p => p.Kind).IsInEnum();
            RuleFor(p => p.Since).InclusiveBetween(2002, 2100);
            RuleFor(p => p.Note).MaximumLength(2000);
            RuleFor(p => p.Departments!).AtMost(20).When(p => p.Departments is not null);
            RuleForEach(p => p.Departments).NotEmpty().MaximumLength(50);
            RuleFor(p => p.Exchange!).ChildRules(e =>
            {
                e.RuleFor(x => x.Given).MaximumLength(500);
                e.RuleFor(x => x.Received).MaximumLength(500);
            }).When(p => p.Exchange is not null);
            RuleFor(p => p.ContactEmail!).Mailbox().When(p => p.ContactEmail is not null);
            RuleFor(p => p.ToldOf!).AtMost(10).When(p => p.ToldOf is not null);
            RuleForEach(p => p.ToldOf).IsInEnum();
            RuleFor(p => p.Proofs!).SetValidator(new ProofIssuer.Validator()).When(p => p.Proofs is not null);
        }
    }
}
