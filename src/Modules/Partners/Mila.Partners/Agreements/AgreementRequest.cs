namespace Mila.Partners.Agreements;

/// <summary>What was agreed with a partner.</summary>
/// <param name="Kind">What it is about; never changes.</param>
/// <param name="StartsOn">Its first day in Paris.</param>
/// <param name="EndsOn">Its last day, included; null while no end is agreed.</param>
/// <param name="Direction">Who opens what it has.</param>
/// <param name="Grants">What it grants: seats per event 0 to 1 000, released 0 to 2 160 hours before the start. Only <c>access</c> grants anything.</param>
/// <param name="Document">Its text, at most 16 000 characters.</param>
internal sealed record AgreementRequest(
    AgreementKind Kind, DateOnly StartsOn, DateOnly? EndsOn = null, AgreementDirection Direction = AgreementDirection.Reciprocal, AgreementGrants? Grants = null, string? Document = null)
{
    public AgreementTerms ToTerms() => new(StartsOn, EndsOn, Direction, Grants ?? AgreementGrants.Nothing, Document);

    /// <summary>What a patch starts from.</summary>
    public static AgreementRequest Of(Agreement a) => new(a.Kind, a.Terms.StartsOn, a.Terms.EndsOn, a.Terms.Direction, a.Terms.Grants, a.Terms.Document);

    internal sealed class Validator : AbstractValidator<AgreementRequest>
    {
        private const int LongestDocument = 16_000;

        public Validator()
        {
            RuleFor(a => a.Kind).IsInEnum();
            RuleFor(a => a.StartsOn).WithinReason();
            RuleFor(a => a.EndsOn).WithinReason();
            RuleFor(a => a.Direction).IsInEnum();
            RuleFor(a => a.Grants!).ChildRules(g =>
            {
                g.RuleFor(x => x.SeatsPerEvent).InclusiveBetween(0, AgreementGrants.MostSeats);
                g.RuleFor(x => x.SeatsReleasedHoursBefore).InclusiveBetween(0, AgreementGrants.LongestRelease);
            }).When(a => a.Grants is not null);
            RuleFor(a => a.Document).MaximumLength(LongestDocument);
        }
    }
}
