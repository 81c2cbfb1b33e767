using Mila.BuildingBlocks.Mail;
using Mila.Events.Agenda;
using Mila.Events.Registrations;
using Mila.Events.Waiting;

namespace Mila.Events.Letters;

/// <summary>Writes to a person about their registration: after the commit that changed it, so that mails cost whoever asks for a place nothing.</summary>
internal sealed class WhenLetterIsDue(IDocumentSession session, RegistrationLetters letters, TimeProvider clock) : INotificationHandler<LetterDue>
{
    public async Task Handle(LetterDue notification, CancellationToken ct)
    {
        if (await session.LoadAsync<Registration>(notification.RegistrationId, ct) is not { } registration || await session.LoadAsync<Event>(registration.EventId, ct) is not { } e) return;

        var ranks = registration.Line is null ? [] : await Lines.RanksAsync(session, [registration.Id], ct);
        var letter = letters.Write(notification.Kind, notification.Sequence, registration, e, ranks.TryGetValue(registration.Id, out var standing) ? standing : null);
        if (letter is not null) session.Send(letter, clock);
    }
}
