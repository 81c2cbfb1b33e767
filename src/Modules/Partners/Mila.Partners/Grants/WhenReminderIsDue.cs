using System.Globalization;
using Mila.BuildingBlocks.Mail;
using Mila.BuildingBlocks.Pages;
using Mila.Partners.Partners;

namespace Mila.Partners.Grants;

/// <summary>Writes to staff about a tranche or a report, unless it is paid, sent or due on another day by now.</summary>
internal sealed class WhenReminderIsDue(IDocumentSession session, FundingSettings settings, PublicAddress address, TimeProvider clock) : INotificationHandler<ReminderDue>
{
    public async Task Handle(ReminderDue notification, CancellationToken ct)
    {
        if (await session.LoadAsync<Grant>(notification.GrantId, ct) is not { } grant || await session.LoadAsync<Partner>(grant.Terms.FunderId, ct) is not { } funder) return;

        var who = string.Join(' ', new[] { funder.Terms.Name, grant.Terms.Department }.OfType<string>());
        foreach (var report in grant.Terms.Reports.Where(r => notification.Of == ReminderDue.Report && r.SentOn is null && r.DueOn == notification.DueOn))
        {
            Write(notification, grant, $"Bilan {report.Year} à rendre : {who}", $"Report {report.Year} is due: {who}",
                $"Le bilan {report.Year} pour {who} est à rendre le {Day(report.DueOn, "fr-FR")}.", $"The report {report.Year} for {who} is due on {Day(report.DueOn, "en-GB")}.",
                $"/v1/funding-reports/{report.Year}.pdf?funder={funder.Code}");
        }

        foreach (var tranche in grant.Terms.Tranches.Where(t => notification.Of == ReminderDue.Tranche && t.PaidOn is null && t.DueOn == notification.DueOn))
        {
            Write(notification, grant, $"Tranche attendue : {who}", $"Tranche expected: {who}",
                $"Une tranche de {tranche.Amount.Amount.ToString("N2", CultureInfo.GetCultureInfo("fr-FR"))} € de {who} est attendue aujourd'hui, {Day(tranche.DueOn, "fr-FR")}.",
                $"A tranche of €{tranche.Amount.Amount.ToString("N2", CultureInfo.GetCultureInfo("en-GB"))} from {who} is expected today, {Day(tranche.DueOn, "en-GB")}.", $"/v1/grants/{grant.Id}");
        }
    }

    private void Write(ReminderDue notification, Grant grant, string sujet, string subject, string phrase, string sentence, string path)
    {
        foreach (var recipient in settings.RemindTo)
        {
            var letter = Letter.To(recipient, null, "fr", $"grant:{grant.Id}").Subject(sujet, subject).Paragraph(phrase, sentence);
            if (address.Configured is not null) letter.Link(notification.Of == ReminderDue.Report ? "Le bilan tel qu'il est aujourd'hui" : "La subvention", notification.Of == ReminderDue.Report ? "The report as it stands today" : "The grant", address.OrPath(path));
            session.Send(letter, clock);
        }
    }

    private static string Day(DateOnly day, string culture) => Mila.BuildingBlocks.Time.WrittenTime.Day(day, culture[..2]);
}
