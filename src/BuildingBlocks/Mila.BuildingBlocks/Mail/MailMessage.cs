using System.Text;
using MimeKit;
using MimeKit.Text;

namespace Mila.BuildingBlocks.Mail;

/// <summary>A mail as it goes over the wire (RFC 5322): text and HTML side by side, files after them.</summary>
internal static class MailMessage
{
    /// <exception cref="FormatException">The address is none: nobody can be written to at it.</exception>
    public static MimeMessage Compose(OutgoingMail mail, MailboxAddress sender)
    {
        if (!EmailAddress.IsValid(mail.To)) throw new FormatException("The address of the mail is not one.");

        var message = new MimeMessage
        {
            Subject = OneLine(mail.Subject),
            Date = mail.CreatedAt,
            MessageId = mail.Identify(sender.Domain),
            Body = Body(mail),
        };
        // A copy: a list of addresses listens to each of its own, and one that is in every message would hold them all.
        message.From.Add(sender.Clone());
        message.To.Add(new MailboxAddress(Encoding.UTF8, OneLine(mail.Name ?? ""), mail.To));
        // RFC 3834: so that no out-of-office note answers.
        message.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        message.Headers.Add(HeaderId.ContentLanguage, mail.Language);
        if (mail.UnsubscribeUrl is { } url)
        {
            message.Headers.Add(HeaderId.ListUnsubscribe, $"<{new Uri(url).AbsoluteUri}>");
            message.Headers.Add(HeaderId.ListUnsubscribePost, "List-Unsubscribe=One-Click");
        }

        return message;
    }

    private static MimeEntity Body(OutgoingMail mail)
    {
        var alternative = new MultipartAlternative { Part(TextFormat.Plain, mail.Text), Part(TextFormat.Html, mail.Html) };
        if (mail.Attachments.Count == 0) return alternative;

        var mixed = new Multipart("mixed") { alternative };
        foreach (var file in mail.Attachments)
        {
            mixed.Add(new MimePart(ContentType.Parse(file.MediaType))
            {
                Content = new MimeContent(new MemoryStream(file.Content)),
                ContentTransferEncoding = ContentEncoding.Base64,
                ContentDisposition = new ContentDisposition(ContentDisposition.Attachment) { FileName = OneLine(file.FileName) },
            });
        }

        return mixed;
    }

    private static TextPart Part(TextFormat format, string text)
    {
        var part = new TextPart(format) { ContentTransferEncoding = ContentEncoding.QuotedPrintable };
        part.SetText(Encoding.UTF8, text);
        return part;
    }

    // A line break in a header would begin another header. Names and titles come from people.
    private static string OneLine(string text) => string.Concat(text.Select(character => char.IsControl(character) || character is '\u2028' or '\u2029' ? ' ' : character)).Trim();
}
