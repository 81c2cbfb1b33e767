using Mila.Host.Tests.Running;
using Mila.Testing.App;
using Mila.Testing.Postgres;
using MimeKit;

namespace Mila.Host.Tests.Mail;

public sealed class LinksInMailsTests(TestPostgres postgres)
{
    [Fact]
    public async Task A_link_in_a_mail_leads_to_the_host_that_sent_it()
    {
        using var folder = new TemporaryFolder();
        await using var host = await HostProcess.Serve(folder.Path, await postgres.CreateDatabaseAsync()).ReadyAsync();
        using var admin = host.Client(folder.AdminKey);
        await admin.MakeAsync("/v1/programmes", new { code = "fetes", label = "Fêtes" });
        var party = (await admin.MakeAsync("/v1/events", new { programme = "fetes", title = new { fr = "Fête" }, startsAt = "2098-06-21T20:00", endsAt = "2098-06-21T23:00", audience = "public" })).Id();
        await admin.MakeAsync($"/v1/events/{party}/publication");
        using var anybody = new HttpClient { BaseAddress = admin.BaseAddress };
        await anybody.MakeAsync($"/v1/events/{party}/registrations", new { name = "Nina", email = "nina@label.example" });

        var mail = await MailAsync(Path.Combine(folder.Path, "mails"));
        foreach (var part in new[] { mail.TextBody, mail.HtmlBody }) part.ShouldNotBeNull().ShouldContain($"http://localhost:{host.Port}/registrations/");
        host.Output.ShouldNotContain("nina", Case.Insensitive);
        host.Error.ShouldNotContain("nina", Case.Insensitive);
    }

    private static async Task<MimeMessage> MailAsync(string folder)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (true)
        {
            if (Directory.Exists(folder) && Directory.GetFiles(folder, "*.eml") is [var only]) return await MimeMessage.LoadAsync(only, limit.Token);
            await timer.WaitForNextTickAsync(limit.Token);
        }
    }
}
