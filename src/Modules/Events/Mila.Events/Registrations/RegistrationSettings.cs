using Microsoft.Extensions.Configuration;
using Mila.BuildingBlocks.Pages;

namespace Mila.Events.Registrations;

/// <summary>The settings <c>Registrations:*</c>, and under what address this server is known.</summary>
/// <param name="OfferHold">Working time that an offer holds: <c>Registrations__OfferWorkingHours</c>, 4 unless set.</param>
/// <param name="PendingHold">How long the seats of an unconfirmed address are set aside: 30 minutes.</param>
/// <param name="Organiser">The address that invitations come from: that of <c>Mail__From</c>.</param>
/// <param name="PublicUrl">What links in mails begin with: the setting <c>PublicUrl</c>, or else the address on this machine. Never what a request says of its host, which anybody can write.</param>
internal sealed record RegistrationSettings(TimeSpan OfferHold, TimeSpan PendingHold, string PublicUrl, string Organiser)
{
    private const double DefaultOfferHours = 4;
    private const double LongestOfferHours = 120;

    public static RegistrationSettings From(IConfiguration configuration)
    {
        var hours = configuration.GetValue("Registrations:OfferWorkingHours", DefaultOfferHours);
        if (hours is not (> 0 and <= LongestOfferHours)) throw new InvalidOperationException($"Registrations:OfferWorkingHours is more than 0 and at most {LongestOfferHours}.");

        return new RegistrationSettings(TimeSpan.FromHours(hours), TimeSpan.FromMinutes(30), configuration["PublicUrl"] is { Length: > 0 } url ? url.TrimEnd('/') : configuration[PublicAddress.Local] ?? "http://localhost",
            System.Net.Mail.MailAddress.TryCreate(configuration["Mail:From"] ?? configuration["Mail:Smtp:From"], out var from) ? from.Address : "no-reply@mila.localhost");
    }
}
