using System.Text.Json.Serialization;
using Mila.BuildingBlocks.Documents;

namespace Mila.BuildingBlocks.Mail;

/// <summary>Where a mail stands.</summary>
internal enum MailStatus
{
    /// <summary>Not accepted by a server yet.</summary>
    Queued,

    /// <summary>Accepted, or written to a file where no server is configured.</summary>
    Sent,

    /// <summary>Refused for good.</summary>
    Failed,
}

/// <summary>One message to one person, and what became of it.</summary>
internal sealed class OutgoingMail : IDocument
{
    [JsonConstructor]
    private OutgoingMail(
        Guid id, string to, string? name, string subject, string text, string html, IReadOnlyList<MailAttachment> attachments, string language, string about,
        string? unsubscribeUrl, MailStatus status, int attempts, string? failure, DateTimeOffset createdAt, DateTimeOffset updatedAt, DateTimeOffset? sentAt,
        string? messageId, bool erased)
    {
        (Id, To, Name, Subject, Text, Html, Attachments, Language, About) = (id, to, name, subject, text, html, attachments, language, about);
        (UnsubscribeUrl, Status, Attempts, Failure, CreatedAt, UpdatedAt) = (unsubscribeUrl, status, attempts, failure, createdAt, updatedAt);
        (SentAt, MessageId, Erased) = (sentAt, messageId, erased);
    }

    public Guid Id { get; }

    public string To { get; private set; }

    public string? Name { get; private set; }

    public string Subject { get; private set; }

    public string Text { get; private set; }

    public string Html { get; private set; }

    public IReadOnlyList<MailAttachment> Attachments { get; private set; }

    /// <summary><c>fr</c> or <c>en</c>.</summary>
    public string Language { get; }

    /// <summary>What it concerns: <c>event:…</c>.</summary>
    public string About { get; }

    public string? UnsubscribeUrl { get; private set; }

    public MailStatus Status { get; private set; }

    public int Attempts { get; private set; }

    /// <summary>Why the last attempt failed, in a word without data of a person.</summary>
    public string? Failure { get; private set; }

    public DateTimeOffset CreatedAt { get; }

    public DateTimeOffset UpdatedAt { get; private set; }

    public DateTimeOffset? SentAt { get; private set; }

    /// <summary>The same on every attempt, so that a mail accepted twice is shown once.</summary>
    public string? MessageId { get; private set; }

    /// <summary>True once the person asked to be forgotten: who, what and files are gone, the fact that a mail was sent stays.</summary>
    public bool Erased { get; private set; }

    public Guid Version { get; set; }

    public static OutgoingMail Queue(Letter letter, DateTimeOffset now) => new(
        Guid.CreateVersion7(now), letter.Recipient, letter.RecipientName, letter.Topic, letter.Text, letter.Html, letter.Attachments, letter.Language, letter.About,
        letter.UnsubscribeUrl, MailStatus.Queued, attempts: 0, failure: null, now, now, sentAt: null, messageId: null, erased: false);

    /// <summary>Gives the mail its Message-ID, once.</summary>
    public string Identify(string domain) => MessageId ??= $"{Id:N}@{domain}";

    public void Accepted(DateTimeOffset now)
    {
        (Status, Failure) = (MailStatus.Sent, null);
        Attempts++;
        SentAt = UpdatedAt = now;
    }

    /// <summary>An attempt failed and another may not.</summary>
    public void Delayed(string failure, DateTimeOffset now)
    {
        Failure = failure;
        Attempts++;
        UpdatedAt = now;
    }

    /// <summary>No further attempt can succeed.</summary>
    public void Refused(string failure, DateTimeOffset now)
    {
        Delayed(failure, now);
        Status = MailStatus.Failed;
    }

    /// <summary>Forgets the person. A mail still waiting is not sent any more.</summary>
    public void Erase(DateTimeOffset now)
    {
        if (Status == MailStatus.Queued) Refused("erased", now);
        (To, Name, Subject, Text, Html, Attachments, UnsubscribeUrl, Erased, UpdatedAt) = ("", null, "", "", "", [], null, true, now);
    }
}
