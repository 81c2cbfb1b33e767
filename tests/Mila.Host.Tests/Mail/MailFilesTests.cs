using Marten;
using Microsoft.Extensions.DependencyInjection;
using Mila.BuildingBlocks.Mail;
using Mila.Testing.App;
using MimeKit;

namespace Mila.Host.Tests.Mail;

/// <summary>Without a server, a mail is a file that any mail program opens.</summary>
public sealed class MailFilesTests(TestMila mila) : IClassFixture<TestMila>
{
    private string Folder => Path.Combine(mila.Folder, "mails");

    [Theory]
    [InlineData("fr", "Fin de bail le 31 août", "Votre bail à l’Écluse finit.", "Voir le bail")]
    [InlineData("en", "Your lease ends on 31 August", "Your lease at the Lock ends.", "See the lease")]
    public async Task A_mail_is_a_file_in_the_language_of_the_reader_with_text_and_HTML(string language, string subject, string sentence, string link)
    {
        Guid mail;
        await using (var session = mila.Services.GetRequiredService<IDocumentStore>().LightweightSession())
        {
            mail = session.Send(
                Letter.To("nina@label.example", "Nina Écluse", language, "lease:7")
                    .Subject("Fin de bail le 31 août", "Your lease ends on 31 August")
                    .Paragraph("Votre bail à l’Écluse finit.", "Your lease at the Lock ends.")
                    .Link("Voir le bail", "See the lease", "https://mila.example/leases/7?a=1&b=2"),
                mila.Clock);
            await session.SaveChangesAsync();
        }

        File.Exists(PathOf(mail)).ShouldBeFalse();
        await mila.DrainAsync();

        var message = await MimeMessage.LoadAsync(PathOf(mail));
        message.Subject.ShouldBe(subject);
        message.To.Mailboxes.Single().ShouldSatisfyAllConditions(to => to.Address.ShouldBe("nina@label.example"), to => to.Name.ShouldBe("Nina Écluse"));
        message.Body!.Headers[HeaderId.ContentLanguage].ShouldBe(language);
        message.Body.ShouldBeOfType<MultipartAlternative>().Count.ShouldBe(2);
        message.TextBody!.ReplaceLineEndings("\n").ShouldStartWith($"{sentence}\n\n{link}");
        message.HtmlBody!.ShouldContain($"<html lang=\"{language}\">");
        message.HtmlBody!.ShouldContain($"<a href=\"https://mila.example/leases/7?a=1&amp;b=2\">{link}</a>");
        using var admin = mila.Admin();
        (await admin.AskAsync($"/v1/mails/{mail}")).Expect(200)["status"].GetString().ShouldBe("sent");
    }

    [Fact]
    public async Task Nobody_but_its_owner_enters_the_folder_of_mails_even_when_it_was_open_before()
    {
        if (OperatingSystem.IsWindows()) return;

        const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        Directory.CreateDirectory(Folder);
        File.SetUnixFileMode(Folder, Owner | UnixFileMode.GroupRead | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        await using (var session = mila.Services.GetRequiredService<IDocumentStore>().LightweightSession())
        {
            session.Send(Letter.To("nina@label.example", null, "fr", "lease:7").Subject("a", "a").Paragraph("a", "a"), mila.Clock);
            await session.SaveChangesAsync();
        }

        await mila.DrainAsync();

        File.GetUnixFileMode(Folder).ShouldBe(Owner);
        foreach (var file in Directory.GetFiles(Folder)) File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    private string PathOf(Guid mail) => Path.Combine(Folder, $"{mail}.eml");
}
