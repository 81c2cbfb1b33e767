using MailKit.Security;
using Microsoft.Extensions.Configuration;
using Mila.BuildingBlocks.Hosting;
using MimeKit;

namespace Mila.BuildingBlocks.Mail;

/// <summary>The settings <c>Mail:*</c>.</summary>
/// <param name="Sender">Who writes: <c>Mail:From</c>, as <c>MILA &lt;bonjour@mila.example&gt;</c>.</param>
/// <param name="Smtp">The server that takes the mails; null writes them to files.</param>
internal sealed record MailSettings(MailboxAddress Sender, SmtpSettings? Smtp)
{
    private const string DefaultSender = "MILA <no-reply@mila.localhost>";

    public static MailSettings From(IConfiguration configuration)
    {
        var from = configuration["Mail:From"] is { Length: > 0 } stated ? stated : configuration["Mail:Smtp:From"] ?? DefaultSender;
        return MailboxAddress.TryParse(from, out var sender) && EmailAddress.IsValid(sender.Address)
            ? new MailSettings(sender, SmtpSettings.From(configuration.GetSection("Mail:Smtp")))
            : throw new SettingException("Mail:From is not an address.");
    }
}

/// <summary>The settings <c>Mail:Smtp:*</c>.</summary>
/// <param name="Host">Name of the server.</param>
/// <param name="Port">25 unless set.</param>
/// <param name="User">Null to send without logging in.</param>
/// <param name="Password">Of the user.</param>
/// <param name="Tls"><c>none</c>, <c>starttls</c>, <c>implicit</c> or <c>auto</c>: TLS from the start on port 465; elsewhere STARTTLS, which is required as soon as a
/// password is sent.</param>
internal sealed record SmtpSettings(string Host, int Port, string? User, string? Password, SecureSocketOptions Tls)
{
    /// <summary>What one attempt may take in all.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static SmtpSettings? From(IConfiguration settings)
    {
        if (settings["Host"] is not { Length: > 0 } host) return null;

        var port = settings.GetValue("Port", 25);
        var user = settings["User"] is { Length: > 0 } named ? named : null;
        var tls = (settings["Tls"] ?? "auto").ToUpperInvariant() switch
        {
            "NONE" => SecureSocketOptions.None,
            "STARTTLS" => SecureSocketOptions.StartTls,
            "IMPLICIT" => SecureSocketOptions.SslOnConnect,
            "AUTO" => port == 465 ? SecureSocketOptions.SslOnConnect : user is null ? SecureSocketOptions.StartTlsWhenAvailable : SecureSocketOptions.StartTls,
            _ => throw new SettingException("Mail:Smtp:Tls is none, starttls, implicit or auto."),
        };
        return new SmtpSettings(host, port, user, settings["Password"], tls);
    }
}
