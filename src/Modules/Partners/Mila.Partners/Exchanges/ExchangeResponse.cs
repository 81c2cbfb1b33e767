using Mila.BuildingBlocks.Values;

namespace Mila.Partners.Exchanges;

/// <summary>An exchange as the API shows it; its members mean what they mean in <see cref="ExchangeRequest"/>.</summary>
internal sealed record ExchangeResponse(Guid Id, Guid PartnerId, ExchangeSide Side, string What, DateOnly On, int Quantity, Money? Value, DateTimeOffset UpdatedAt)
{
    public static ExchangeResponse Of(InKind e) => new(e.Id, e.PartnerId, e.Terms.Side, e.Terms.What, e.Terms.On, e.Terms.Quantity, e.Terms.Value, e.UpdatedAt);
}
