namespace Mila.BuildingBlocks.Mail;

/// <summary>A mail in a list.</summary>
/// <param name="Id">Its id.</param>
/// <param name="To">The address; empty once erased.</param>
/// <param name="Name">The person's name, if it was known.</param>
/// <param name="Subject">The subject line.</param>
/// <param name="Language"><c>fr</c> or <c>en</c>.</param>
/// <param name="About">What it concerns: <c>event:…</c>.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Attempts">How often sending was tried.</param>
/// <param name="Failure">Why the last attempt failed, in a word.</param>
/// <param name="CreatedAt">When it was written.</param>
/// <param name="UpdatedAt">When anything here changed last.</param>
/// <param name="SentAt">When a server took it.</param>
/// <param name="MessageId">Its Message-ID, without angle brackets.</param>
/// <param name="Erased">True once the person asked to be forgotten.</param>
internal sealed record MailSummary(
    Guid Id, string To, string? Name, string Subject, string Language, string About, MailStatus Status, int Attempts, string? Failure,
    DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, DateTimeOffset? SentAt, string? MessageId, bool Erased)
{
    public static MailSummary Of(OutgoingMail mail) => new(
        mail.Id, mail.To, mail.Name, mail.Subject, mail.Language, mail.About, mail.Status, mail.Attempts, mail.Failure,
        mail.CreatedAt, mail.UpdatedAt, mail.SentAt, mail.MessageId, mail.Erased);
}

/// <summary>A mail with what it said.</summary>
/// <param name="Id">Its id.</param>
/// <param name="To">The address; empty once erased.</param>
/// <param name="Name">The person's name, if it was known.</param>
/// <param name="Subject">The subject line.</param>
/// <param name="Language"><c>fr</c> or <c>en</c>.</param>
/// <param name="About">What it concerns: <c>event:…</c>.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Attempts">How often sending was tried.</param>
/// <param name="Failure">Why the last attempt failed, in a word.</param>
/// <param name="CreatedAt">When it was written.</param>
/// <param name="UpdatedAt">When anything here changed last.</param>
/// <param name="SentAt">When a server took it.</param>
/// <param name="MessageId">Its Message-ID, without angle brackets.</param>
/// <param name="Erased">True once the person asked to be forgotten.</param>
/// <param name="Text">The text part.</param>
/// <param name="Html">The HTML part.</param>
/// <param name="Attachments">The files.</param>
internal sealed record MailResponse(
    Guid Id, string To, string? Name, string Subject, string Language, string About, MailStatus Status, int Attempts, string? Failure,
    DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, DateTimeOffset? SentAt, string? MessageId, bool Erased,
    string Text, string Html, IReadOnlyList<MailAttachment> Attachments)
{
    public static MailResponse Of(OutgoingMail mail) => new(
        mail.Id, mail.To, mail.Name, mail.Subject, mail.Language, mail.About, mail.Status, mail.Attempts, mail.Failure,
        mail.CreatedAt, mail.UpdatedAt, mail.SentAt, mail.MessageId, mail.Erased,
        mail.Text, mail.Html, mail.Attachments);
}
