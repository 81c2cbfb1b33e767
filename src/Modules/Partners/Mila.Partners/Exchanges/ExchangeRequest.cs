using Mila.BuildingBlocks.Values;

namespace Mila.Partners.Exchanges;

/// <summary>One thing given or received in kind.</summary>
/// <param name="Side">Which way it went.</param>
/// <param name="What">A hall for an evening, a list of artists: at most 500 characters.</param>
/// <param name="On">On which day.</param>
/// <param name="Quantity">How many of it, 1 to 10 000.</param>
/// <param name="Value">What all of it would have cost, where somebody can say.</param>
internal sealed record ExchangeRequest(ExchangeSide Side, string What, DateOnly On, int Quantity = 1, Money? Value = null)
{
    public ExchangeTerms ToTerms() => new(Side, What, On, Quantity, Value);

    /// <summary>What a patch starts from.</summary>
    public static ExchangeRequest Of(InKind e) => new(e.Terms.Side, e.Terms.What, e.Terms.On, e.Terms.Quantity, e.Terms.Value);

    internal sealed class Validator : AbstractValidator<ExchangeRequest>
    {
        public Validator()
        {
            RuleFor(e => e.Side).IsInEnum();
            RuleFor(e => e.What).NotEmpty().MaximumLength(500);
            RuleFor(e => e.On).WithinReason();
            RuleFor(e => e.Quantity).InclusiveBetween(1, 10_000);
            RuleFor(e => e.Value!).NotNegative().When(e => e.Value is not null);
        }
    }
}
