using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Mila.BuildingBlocks.Documents;

namespace Mila.BuildingBlocks.Mail;

/// <summary>Mails to people.</summary>
public static class MailBlock
{
    /// <summary>Sends over SMTP when <c>Mail:Smtp:Host</c> is set, else writes <c>.eml</c> files into <c>mails/</c> of the data folder.</summary>
    public static IServiceCollection AddMilaMail(this IServiceCollection services, IConfiguration configuration, string dataFolder)
    {
        var settings = MailSettings.From(configuration);
        services.AddSingleton(settings);
        services.AddSingleton<IMailCarrier>(provider => settings.Smtp is { } smtp
            ? new SmtpCarrier(smtp, provider.GetRequiredService<TimeProvider>())
            : new FileCarrier(Path.Combine(dataFolder, "mails")));
        return services;
    }

    /// <summary>The documents of this folder.</summary>
    internal static void ConfigureDocuments(ModuleDocuments documents) =>
        documents.Document<OutgoingMail>().SortIndex(mail => mail.CreatedAt).Also(mail => mail.Index(m => m.To).Index(m => m.About));
}
