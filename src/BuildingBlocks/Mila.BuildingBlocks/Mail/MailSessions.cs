using System.Security.Cryptography;
using System.Text;
using Marten;
using MediatR;
using Mila.BuildingBlocks.Outbox;

namespace Mila.BuildingBlocks.Mail;

/// <summary>How a slice writes to a person.</summary>
public static class MailSessions
{
    /// <summary>Keeps the letter and sends it after the session's changes are committed; never when they are not.</summary>
    /// <returns>The id of the mail, as under <c>/v1/mails</c>.</returns>
    public static Guid Send(this IDocumentSession session, Letter letter, TimeProvider clock)
    {
        var mail = OutgoingMail.Queue(letter, clock.GetUtcNow());
        session.Insert(mail);
        session.Publish(MailQueued.Of(mail));
        return mail.Id;
    }

    /// <summary>Forgets a person in the mails that were or will be sent to this address; the session's next commit makes it so.</summary>
    public static async Task EraseMailsToAsync(this IDocumentSession session, string address, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        foreach (var mail in await session.Query<OutgoingMail>().Where(mail => mail.To == address).ToListAsync(ct))
        {
            mail.Erase(now);
            session.Store(mail);
        }
    }

    /// <summary>Forgets what was or will be written about one thing; the session's next commit makes it so.</summary>
    public static async Task EraseMailsAboutAsync(this IDocumentSession session, string about, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        foreach (var mail in await session.Query<OutgoingMail>().Where(mail => mail.About == about).ToListAsync(ct))
        {
            mail.Erase(now);
            session.Store(mail);
        }
    }
}

/// <summary>A mail waits to be sent.</summary>
/// <param name="Thread">First, so that what one person is written about one thing is sent in the order in which it was written.</param>
/// <param name="MailId">The mail.</param>
internal sealed record MailQueued(Guid Thread, Guid MailId) : INotification
{
    public static MailQueued Of(OutgoingMail mail) => new(new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"{mail.About}\n{mail.To.ToLowerInvariant()}")).AsSpan(0, 16)), mail.Id);
}
