using System.Globalization;
using Microsoft.Extensions.Configuration;
using Mila.BuildingBlocks.Hosting;

namespace Mila.Partners.Grants;

/// <summary>The settings <c>Funding:*</c>.</summary>
/// <param name="RemindTo">Who is reminded of tranches and reports: <c>Funding__RemindTo</c>, addresses joined by commas; nobody unless set.</param>
/// <param name="RemindDaysBefore">How many days before a report is due: <c>Funding__RemindDaysBefore</c>, 30, 7 and 0 unless set.</param>
internal sealed record FundingSettings(IReadOnlyList<string> RemindTo, IReadOnlyList<int> RemindDaysBefore)
{
    private const int Longest = 365;
    private const StringSplitOptions Tidy = StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries;

    public static FundingSettings From(IConfiguration configuration)
    {
        var to = (configuration["Funding:RemindTo"] ?? "").Split(',', Tidy);
        if (to.FirstOrDefault(a => !System.Net.Mail.MailAddress.TryCreate(a, out var parsed) || parsed.Address != a) is not null) throw new SettingException("Funding:RemindTo is addresses joined by commas.");

        var days = (configuration["Funding:RemindDaysBefore"] ?? "30,7,0").Split(',', Tidy);
        if (!Array.TrueForAll(days, d => int.TryParse(d, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n <= Longest)) throw new SettingException($"Funding:RemindDaysBefore is numbers of days from 0 to {Longest}, joined by commas.");

        return new FundingSettings(to, [.. days.Select(d => int.Parse(d, CultureInfo.InvariantCulture)).Distinct()]);
    }
}
