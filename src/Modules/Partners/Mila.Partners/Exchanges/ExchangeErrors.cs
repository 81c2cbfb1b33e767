namespace Mila.Partners.Exchanges;

internal static class ExchangeErrors
{
    public static readonly UnknownError Unknown = new("exchange-unknown", "There is no such exchange.", "Cet échange n'existe pas.");
}
