using System.Net;
using System.Text;

namespace Mila.BuildingBlocks.Mail;

/// <summary>A mail as a template writes it: each sentence in French and English, once, from which the text and the HTML are made in the language of the reader.</summary>
/// <remarks>Everything is encoded here: whatever a person typed into a name or a title stays text.</remarks>
public sealed class Letter
{
    private readonly StringBuilder _text = new();
    private readonly StringBuilder _html = new();
    private readonly List<MailAttachment> _attachments = [];

    private Letter(string to, string? name, string language, string about) => (Recipient, RecipientName, Language, About) = (to, name, language, about);

    internal string Recipient { get; }

    internal string? RecipientName { get; }

    internal string Language { get; }

    internal string About { get; }

    internal string Topic { get; private set; } = "";

    internal string? UnsubscribeUrl { get; private set; }

    internal string Text => _text.ToString().TrimEnd() + "\n";

    internal string Html => $"""
        <!doctype html>
        <html lang="{Language}">
        <head><meta charset="utf-8"><title>{WebUtility.HtmlEncode(Topic)}</title></head>
        <body>
        {_html}</body>
        </html>

        """;

    internal IReadOnlyList<MailAttachment> Attachments => _attachments;

    /// <summary>Begins a letter.</summary>
    /// <param name="to">The bare address.</param>
    /// <param name="name">The person's name, if known.</param>
    /// <param name="language"><c>fr</c> or <c>en</c>; anything else is French.</param>
    /// <param name="about">What it concerns, <c>event:…</c>, <c>lease:…</c>: a kind and an id, no data of a person.</param>
    public static Letter To(string to, string? name, string language, string about) => new(to, name, language == "en" ? "en" : "fr", about);

    /// <summary>The subject line.</summary>
    public Letter Subject(string fr, string en)
    {
        Topic = Choose(fr, en);
        return this;
    }

    /// <summary>A paragraph; line breaks inside it stay.</summary>
    public Letter Paragraph(string fr, string en)
    {
        var paragraph = Choose(fr, en);
        _text.Append(paragraph).Append("\n\n");
        _html.Append("<p>").Append(WebUtility.HtmlEncode(paragraph).Replace("\n", "<br>", StringComparison.Ordinal)).Append("</p>\n");
        return this;
    }

    /// <summary>A link on a line of its own.</summary>
    /// <exception cref="ArgumentException">The address is not an absolute http or https one.</exception>
    public Letter Link(string fr, string en, string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("https" or "http")) throw new ArgumentException("A link in a mail is absolute.", nameof(url));

        var label = Choose(fr, en);
        _text.Append(label).Append(Language == "fr" ? "\u00a0: " : ": ").Append(uri.AbsoluteUri).Append("\n\n");
        _html.Append("<p><a href=\"").Append(WebUtility.HtmlEncode(uri.AbsoluteUri)).Append("\">").Append(WebUtility.HtmlEncode(label)).Append("</a></p>\n");
        return this;
    }

    /// <summary>A file, such as an invitation (<c>text/calendar; method=REQUEST</c>).</summary>
    public Letter Attach(string fileName, string mediaType, byte[] content)
    {
        _attachments.Add(new MailAttachment(fileName, mediaType, content));
        return this;
    }

    /// <summary>Where one click ends further mails of this kind (RFC 8058).</summary>
    public Letter UnsubscribeAt(string url)
    {
        UnsubscribeUrl = url;
        return this;
    }

    private string Choose(string fr, string en) => Language == "en" ? en : fr;
}

/// <summary>A file sent with a mail.</summary>
/// <param name="FileName">As the reader sees it.</param>
/// <param name="MediaType">RFC 9110, with parameters.</param>
/// <param name="Content">Its bytes.</param>
public sealed record MailAttachment(string FileName, string MediaType, byte[] Content);
