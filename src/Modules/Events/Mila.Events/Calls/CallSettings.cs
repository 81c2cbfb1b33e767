using Microsoft.Extensions.Configuration;

namespace Mila.Events.Calls;

/// <summary>The settings <c>Calls:*</c>.</summary>
/// <param name="RetentionMonths">How long after its end what those who were not selected sent is kept: <c>Calls__RetentionMonths</c>, 12 unless set.</param>
/// <param name="ConfirmWithin">How long the link that confirms an address holds: 24 hours.</param>
internal sealed record CallSettings(int RetentionMonths, TimeSpan ConfirmWithin)
{
    private const int DefaultMonths = 12;
    private const int MostMonths = 120;

    public static CallSettings From(IConfiguration configuration)
    {
        var months = configuration.GetValue("Calls:RetentionMonths", DefaultMonths);
        if (months is not (>= 1 and <= MostMonths)) throw new InvalidOperationException($"Calls:RetentionMonths is from 1 to {MostMonths}.");

        return new CallSettings(months, TimeSpan.FromHours(24));
    }
}
