using Mila.BuildingBlocks.Values;
using Mila.Partners.Partners;

namespace Mila.Partners.Exchanges;

internal static class ReadExchangeBalance
{
    /// <summary>How given and received weigh against each other, year by year.</summary>
    /// <param name="PartnerId">With whom.</param>
    /// <param name="Items">The years in which something was exchanged, the newest first.</param>
    internal sealed record Response(Guid PartnerId, IReadOnlyList<YearBalance> Items);

    /// <summary>One year.</summary>
    /// <param name="Year">The year.</param>
    /// <param name="Given">From MILA to the partner.</param>
    /// <param name="Received">From the partner to MILA.</param>
    /// <param name="Balance">What was received is worth so much more than what was given; less than zero when MILA gave more.</param>
    internal sealed record YearBalance(int Year, SideTotal Given, SideTotal Received, Money Balance);

    /// <summary>One side of a year.</summary>
    /// <param name="Quantity">How many things.</param>
    /// <param name="Value">What those that somebody put a value on are worth.</param>
    /// <param name="Unvalued">How many nobody put a value on.</param>
    internal sealed record SideTotal(int Quantity, Money Value, int Unvalued);

    /// <summary>Weigh what was given to a partner against what was received from it, year by year.</summary>
    internal static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(Guid partnerId, Caller caller, IQuerySession session, CancellationToken ct)
    {
        if (await session.LoadPartnerAsync(partnerId, caller, ct) is null) return PartnerErrors.Unknown.ToProblem();

        var all = await session.Query<InKind>().Where(e => e.PartnerId == partnerId).ToListAsync(ct);
        return TypedResults.Ok(new Response(partnerId, Weigh(all.Select(e => e.Terms))));
    }

    internal static IReadOnlyList<YearBalance> Weigh(IEnumerable<ExchangeTerms> exchanges) =>
        [.. exchanges.GroupBy(e => e.On.Year).OrderByDescending(y => y.Key).Select(year =>
        {
            var (given, received) = (Total(year, ExchangeSide.Given), Total(year, ExchangeSide.Received));
            return new YearBalance(year.Key, given, received, Money.Euros(received.Value.Amount - given.Value.Amount));
        })];

    private static SideTotal Total(IEnumerable<ExchangeTerms> year, ExchangeSide side)
    {
        var things = year.Where(e => e.Side == side).ToList();
        return new SideTotal(things.Sum(e => e.Quantity), Money.Euros(things.Sum(e => e.Value?.Amount ?? 0)), things.Where(e => e.Value is null).Sum(e => e.Quantity));
    }
}
