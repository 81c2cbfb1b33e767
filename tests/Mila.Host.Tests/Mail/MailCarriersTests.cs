using MailKit.Security;
using Microsoft.Extensions.Time.Testing;
using Mila.BuildingBlocks.Mail;
using MimeKit;

namespace Mila.Host.Tests.Mail;

public sealed class MailCarriersTests : IDisposable
{
    private static readonly MailboxAddress Sender = new("MILA", "bonjour@mila.example");
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mila-mails-");
    private readonly OutgoingMail _mail = OutgoingMail.Queue(
        Letter.To("nina@label.example", "Nina", "fr", "event:1").Subject("Bienvenue à la rue", "Welcome").Paragraph("Été : ça commence.\n.\nÀ bientôt.", "Summer."),
        new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task A_server_takes_the_mail_as_it_was_written()
    {
        await using var sink = new SmtpSink();
        await CarryAsync(sink);

        var taken = sink.Taken.ShouldHaveSingleItem();
        taken.Subject.ShouldBe("Bienvenue à la rue");
        taken.From.ToString().ShouldBe("\"MILA\" <bonjour@mila.example>");
        taken.MessageId.ShouldBe($"{_mail.Id:N}@mila.example");
        taken.TextBody!.ReplaceLineEndings("\n").ShouldBe(_mail.Text);
        taken.HtmlBody!.ReplaceLineEndings("\n").ShouldBe(_mail.Html);
        sink.Recipients.ShouldBe(["RCPT TO:<nina@label.example>"]);
    }

    [Fact]
    public async Task A_busy_server_is_asked_again_and_the_mail_has_the_same_id()
    {
        await using var sink = new SmtpSink();
        sink.AnswerRecipients("451 busy").AnswerData("452 no room");
        await CarryAsync(sink);

        sink.Connections.ShouldBe(3);
        sink.Taken.ShouldHaveSingleItem().MessageId.ShouldBe($"{_mail.Id:N}@mila.example");
    }

    [Fact]
    public async Task A_line_that_breaks_is_dialled_again()
    {
        await using var sink = new SmtpSink { HangUps = 2 };
        await CarryAsync(sink);
        sink.Taken.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_server_that_stays_busy_delays_the_mail()
    {
        await using var sink = new SmtpSink();
        sink.AnswerRecipients("451 busy", "451 busy", "451 nina@label.example is busy");

        (await Should.ThrowAsync<MailDelayedException>(() => CarryAsync(sink))).Message.ShouldBe("smtp-451");
        sink.Connections.ShouldBe(3);
        sink.Taken.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_mail_refused_for_good_is_not_sent_again_and_the_servers_words_go_no_further(bool atRecipient)
    {
        await using var sink = new SmtpSink();
        _ = atRecipient ? sink.AnswerRecipients("550 nina@label.example is unknown") : sink.AnswerData("554 no");

        (await Should.ThrowAsync<MailRefusedException>(() => CarryAsync(sink))).Message.ShouldBe(atRecipient ? "smtp-550" : "smtp-554");
        sink.Connections.ShouldBe(1);
    }

    [Fact]
    public async Task A_server_that_is_not_there_delays_the_mail()
    {
        var sink = new SmtpSink();
        var port = sink.Port;
        await sink.DisposeAsync();
        await Should.ThrowAsync<MailDelayedException>(() => CarryAsync(port, SecureSocketOptions.None));
    }

    [Fact]
    public async Task A_server_without_TLS_is_not_trusted_where_TLS_is_asked_for()
    {
        await using var sink = new SmtpSink();
        await Should.ThrowAsync<MailDelayedException>(() => CarryAsync(sink.Port, SecureSocketOptions.StartTls));
        sink.Taken.ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_a_server_the_mail_is_a_file_that_its_owner_alone_reads()
    {
        var folder = Path.Combine(_folder.FullName, "mails");
        var carrier = new FileCarrier(folder);
        await carrier.CarryAsync(_mail.Id, MailMessage.Compose(_mail, Sender), TestContext.Current.CancellationToken);
        await carrier.CarryAsync(_mail.Id, MailMessage.Compose(_mail, Sender), TestContext.Current.CancellationToken);

        var file = Directory.GetFiles(folder).ShouldHaveSingleItem();
        Path.GetFileName(file).ShouldBe($"{_mail.Id}.eml");
        (await MimeMessage.LoadAsync(file)).Subject.ShouldBe("Bienvenue à la rue");
        if (!OperatingSystem.IsWindows()) File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private Task CarryAsync(SmtpSink sink) => CarryAsync(sink.Port, SecureSocketOptions.None);

    private async Task CarryAsync(int port, SecureSocketOptions tls)
    {
        // Pauses between tries pass at once.
        var clock = new FakeTimeProvider { AutoAdvanceAmount = TimeSpan.FromMinutes(1) };
        var carrying = new SmtpCarrier(new SmtpSettings("127.0.0.1", port, null, null, tls), clock)
            .CarryAsync(_mail.Id, MailMessage.Compose(_mail, Sender), TestContext.Current.CancellationToken);
        while (!carrying.IsCompleted)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(carrying, Task.Delay(5));
        }

        await carrying;
    }
}
