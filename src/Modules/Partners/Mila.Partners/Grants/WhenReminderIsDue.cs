using System.Globalization;
using Mila.BuildingBlocks.Mail;
using Mila.BuildingBlocks.Pages;
using Mila.BuildingBlocks.Security;
using Mila.BuildingBlocks.Time;
using Mila.Partners.FundingReports;
using Mila.Partners.Partners;

namespace Mila.Partners.Grants;

/// <summary>Writes to staff about a tranche or a report, unless it is paid, sent or due on another day by now.</summary>
internal sealed class WhenReminderIsDue(IDocumentSession session, FundingSettings settings, PublicAddress address, LinkSigner signer, TimeProvider clock) : INotificationHandler<ReminderDue>
{
    public async Task Handle(ReminderDue notification, CancellationToken ct)
    {
        if (await session.LoadAsync<Grant>(notification.GrantId, ct) is not { } grant || await session.LoadAsync<Partner>(grant.Terms.FunderId, ct) is not { } funder) return;

        var who = string.Join(' ', new[] { funder.Terms.Name, grant.Terms.Department }.OfType<string>());
        foreach (var report in grant.Terms.OpenReports().Where(r => notification.Of == ReminderDue.Report && r.DueOn == notification.DueOn))
        {
            Write(grant, $"Bilan {report.Year} à rendre : {who}", $"Report {report.Year} is due: {who}",
                $"Le bilan {report.Year} pour {who} est à rendre le {WrittenTime.Day(report.DueOn, "fr")}.", $"The report {report.Year} for {who} is due on {WrittenTime.Day(report.DueOn, "en")}.",
                ReadReportByLink.PathOf(signer, report.Year, funder.Id, clock.GetUtcNow()));
        }

        foreach (var tranche in grant.Terms.OpenTranches().Where(t => notification.Of == ReminderDue.Tranche && t.DueOn == notification.DueOn))
        {
            Write(grant, $"Tranche attendue : {who}", $"Tranche expected: {who}",
                $"Une tranche de {tranche.Amount.Amount.ToString("N2", CultureInfo.GetCultureInfo("fr-FR"))} € de {who} est attendue aujourd'hui, {WrittenTime.Day(tranche.DueOn, "fr")}.",
                $"A tranche of €{tranche.Amount.Amount.ToString("N2", CultureInfo.GetCultureInfo("en-GB"))} from {who} is expected today, {WrittenTime.Day(tranche.DueOn, "en")}.");
        }
    }

    private void Write(Grant grant, string sujet, string subject, string phrase, string sentence, string? report = null)
    {
        foreach (var recipient in settings.RemindTo)
        {
            var letter = Letter.To(recipient, null, "fr", $"grant:{grant.Id}").Subject(sujet, subject).Paragraph(phrase, sentence);
            if (report is not null && address.Configured is not null) letter.Link("Le bilan tel qu'il est aujourd'hui (PDF, lien valable 14 jours)", "The report as it stands today (PDF, link good for 14 days)", address.OrPath(report));
            session.Send(letter, clock);
        }
    }
}
