using Marten;
using MediatR;
using Microsoft.Extensions.Logging;
using Mila.BuildingBlocks.Outbox;

namespace Mila.BuildingBlocks.Mail;

/// <summary>Sends one mail. What came of it is kept in a transaction of its own: a mail that left stays sent, whatever becomes of the outbox's batch.</summary>
[HandlerLimit(seconds: 120)] // Three attempts of SmtpSettings.Patience, and the pauses between them.
internal sealed class WhenMailQueued(IDocumentStore store, IMailCarrier carrier, MailSettings settings, TimeProvider clock, ILogger<WhenMailQueued> logger)
    : INotificationHandler<MailQueued>
{
    public async Task Handle(MailQueued notification, CancellationToken ct)
    {
        await using var session = store.LightweightSession();
        var mail = await session.LoadAsync<OutgoingMail>(notification.MailId, ct);
        if (mail is not { Status: MailStatus.Queued }) return;

        Exception? delay = null;
        try
        {
            await carrier.CarryAsync(mail.Id, MailMessage.Compose(mail, settings.Sender), ct);
            mail.Accepted(clock.GetUtcNow());
        }
        catch (FormatException)
        {
            mail.Refused("address-invalid", clock.GetUtcNow());
        }
        catch (MailRefusedException refusal)
        {
            mail.Refused(refusal.Message, clock.GetUtcNow());
        }
        catch (MailDelayedException fault)
        {
            mail.Delayed(fault.Message, clock.GetUtcNow());
            delay = fault;
        }

        session.Store(mail);
        // Not cancelled by a host that stops: the mail has left.
        await session.SaveChangesAsync(CancellationToken.None);
        logger.LogInformation("Mail {MailId} about {About} is {Status} after attempt {Attempt} {Failure}", mail.Id, mail.About, mail.Status, mail.Attempts, mail.Failure ?? "");
        // The outbox tries again later, and in the end shows the mail among its dead letters.
        if (delay is not null) throw delay;
    }
}
