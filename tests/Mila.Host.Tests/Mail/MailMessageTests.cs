using System.Runtime.CompilerServices;
using System.Text;
using CsCheck;
using MailKit.Security;
using Microsoft.Extensions.Configuration;
using Mila.BuildingBlocks.Mail;
using MimeKit;

namespace Mila.Host.Tests.Mail;

public class MailMessageTests
{
    private static readonly MailboxAddress Sender = new("MILA", "bonjour@mila.example");
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    // Everything that could end a header line or begin another, among ordinary text.
    private static readonly string[] Pieces =
    [
        "\r", "\n", "\r\n", "\0", "\u2028", "\u0085", "Bcc: everybody@evil.example", "\r\nBcc: everybody@evil.example\r\n\r\n", "é", "🎶", "=?utf-8?q?=0D=0ABcc:_x?=", " ", "\t", "<", ">", "\"", "a",
    ];

    private static readonly Gen<string> Wicked = Gen.Int[0, 16].Select(i => Pieces[i]).Array[1, 12].Select(string.Concat);

    [Fact]
    public void A_mail_has_a_text_and_a_page_that_say_the_same()
    {
        var message = Compose(Letter("fr").Paragraph("Votre place est confirmée.", "Your place is confirmed.").Link("Annuler", "Cancel", "https://mila.example/a?b=1&c=2"));

        message.Body.ShouldBeOfType<MultipartAlternative>().Select(part => part.ContentType.MimeType).ShouldBe(["text/plain", "text/html"]);
        message.TextBody!.ReplaceLineEndings("\n").ShouldBe("Votre place est confirmée.\n\nAnnuler\u00a0: https://mila.example/a?b=1&c=2\n");
        message.HtmlBody!.ShouldContain("<p>Votre place est confirm&#233;e.</p>");
        message.HtmlBody!.ShouldContain("<a href=\"https://mila.example/a?b=1&amp;c=2\">Annuler</a>");
        message.HtmlBody!.ShouldContain("<html lang=\"fr\">");
    }

    [Fact]
    public void A_sender_that_writes_many_mails_holds_none_of_them()
    {
        var sender = new MailboxAddress("MILA", "bonjour@mila.example");
        var (written, added) = WriteAndForget(sender);

        GC.Collect();

        written.IsAlive.ShouldBeFalse();
        // The control: a list of addresses that is given the sender itself is held by it, and with it the message.
        added.IsAlive.ShouldBeTrue();
        GC.KeepAlive(sender);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (WeakReference Written, WeakReference Added) WriteAndForget(MailboxAddress sender)
    {
        var added = new MimeMessage();
        added.From.Add(sender);
        return (new WeakReference(MailMessage.Compose(OutgoingMail.Queue(Letter("fr").Paragraph("Un.", "One."), Now), sender)), new WeakReference(added));
    }

    [Theory]
    [InlineData("fr", "Bonjour", "Un texte.")]
    [InlineData("en", "Hello", "A text.")]
    [InlineData("de", "Bonjour", "Un texte.")]
    public void The_reader_is_written_to_in_one_language(string language, string subject, string text)
    {
        var message = Compose(Letter(language).Subject("Bonjour", "Hello").Paragraph("Un texte.", "A text."));
        message.Subject.ShouldBe(subject);
        message.TextBody!.Trim().ShouldBe(text);
    }

    [Fact]
    public void Machines_are_told_not_to_answer() => Compose(Letter("fr")).Headers[HeaderId.AutoSubmitted].ShouldBe("auto-generated");

    [Fact]
    public void One_click_ends_further_mails()
    {
        var message = Compose(Letter("fr").UnsubscribeAt("https://mila.example/stop?t=1"));
        message.Headers[HeaderId.ListUnsubscribe].ShouldBe("<https://mila.example/stop?t=1>");
        message.Headers[HeaderId.ListUnsubscribePost].ShouldBe("List-Unsubscribe=One-Click");
    }

    [Fact]
    public void An_invitation_travels_whole()
    {
        byte[] ics = [.. Encoding.UTF8.GetBytes("BEGIN:VCALENDAR\r\nSUMMARY:Été\r\nEND:VCALENDAR\r\n")];
        var message = Compose(Letter("fr").Attach("club-mila.ics", "text/calendar; method=REQUEST; charset=utf-8", ics));

        var file = message.Attachments.ShouldHaveSingleItem().ShouldBeAssignableTo<MimePart>()!;
        file.FileName.ShouldBe("club-mila.ics");
        file.ContentType.MimeType.ShouldBe("text/calendar");
        file.ContentType.Parameters["method"].ShouldBe("REQUEST");
        using var content = new MemoryStream();
        file.Content!.DecodeTo(content);
        content.ToArray().ShouldBe(ics);
    }

    [Fact]
    public void Nothing_that_a_person_types_makes_another_header() => Gen.Select(Wicked, Wicked, Wicked).Sample((subject, name, file) =>
    {
        var message = Compose(BuildingBlocks.Mail.Letter.To("nina@label.example", name, "fr", "event:1").Subject(subject, subject).Attach(file, "text/plain", [1]));
        return message.Bcc.Count == 0
            && message.To.Mailboxes.Single().Address == "nina@label.example"
            && message.Headers.Concat(message.Body!.Headers).Select(h => h.Field).Order(StringComparer.Ordinal).SequenceEqual(ExpectedHeaders)
            && message.TextBody is not null
            && !message.Subject!.Contains('\n', StringComparison.Ordinal);
    });

    [Fact]
    public void Nothing_that_a_person_types_makes_markup() => Gen.String.Sample(text =>
    {
        var letter = Letter("fr").Paragraph($"<script>{text}</script>", "").Link($"<b>{text}", "", "https://mila.example/\"><script>");
        return !letter.Html.Contains("<script>", StringComparison.Ordinal) && !letter.Html.Contains("<b>", StringComparison.Ordinal) && !letter.Html.Contains("/\"", StringComparison.Ordinal);
    });

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("/agenda")]
    public void A_link_is_absolute(string url) => Should.Throw<ArgumentException>(() => Letter("fr").Link("Voir", "See", url));

    [Theory]
    [InlineData("")]
    [InlineData("nina")]
    [InlineData("nina@")]
    [InlineData("Nina <nina@label.example>")]
    [InlineData("nina@label.example, other@label.example")]
    [InlineData("nina@label.example\r\nBcc: everybody@evil.example")]
    [InlineData("nina@label.example ")]
    public void What_is_no_address_is_not_written_to(string address) =>
        Should.Throw<FormatException>(() => MailMessage.Compose(OutgoingMail.Queue(BuildingBlocks.Mail.Letter.To(address, null, "fr", "event:1"), Now), Sender));

    [Theory]
    [InlineData("nina@label.example")]
    [InlineData("nina.o'hara+mila@sub.label.example")]
    [InlineData("nina@musique-à-paris.example")]
    public void What_is_one_is(string address) => EmailAddress.IsValid(address).ShouldBeTrue();

    [Fact]
    public void A_forgotten_mail_holds_nothing_of_the_person_and_is_not_sent()
    {
        var mail = OutgoingMail.Queue(Letter("fr").Paragraph("Nina", "Nina").Attach("nina.ics", "text/calendar", [1]), Now);
        mail.Erase(Now);

        mail.Status.ShouldBe(MailStatus.Failed);
        mail.Erased.ShouldBeTrue();
        System.Text.Json.JsonSerializer.Serialize(mail).ShouldNotContain("nina", Case.Insensitive);
    }

    [Theory]
    [InlineData("25", null, "auto", SecureSocketOptions.StartTlsWhenAvailable)]
    [InlineData("587", "mila", "auto", SecureSocketOptions.StartTls)]
    [InlineData("465", "mila", "auto", SecureSocketOptions.SslOnConnect)]
    [InlineData("25", "mila", "none", SecureSocketOptions.None)]
    public void A_password_travels_under_TLS_unless_said_otherwise(string port, string? user, string tls, SecureSocketOptions expected)
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Host"] = "smtp.example", ["Port"] = port, ["User"] = user, ["Tls"] = tls }).Build();
        SmtpSettings.From(settings)!.Tls.ShouldBe(expected);
    }

    private static readonly string[] ExpectedHeaders = ["Auto-Submitted", "Content-Language", "Content-Type", "Date", "From", "MIME-Version", "Message-Id", "Subject", "To"];

    private static Letter Letter(string language) => BuildingBlocks.Mail.Letter.To("nina@label.example", "Nina", language, "event:1");

    /// <summary>Composed, written to bytes and read again, as the receiving side does.</summary>
    private static MimeMessage Compose(Letter letter)
    {
        var bytes = new MemoryStream();
        MailMessage.Compose(OutgoingMail.Queue(letter, Now), Sender).WriteTo(bytes);
        bytes.Position = 0;
        return MimeMessage.Load(bytes);
    }
}
