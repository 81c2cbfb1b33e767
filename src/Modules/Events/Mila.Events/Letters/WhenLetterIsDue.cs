using Mila.BuildingBlocks.Mail;
using Mila.Events.Agenda;
using Mila.Events.Registrations;
using Mila.Events.Waiting;
using Npgsql;

namespace Mila.Events.Letters;

/// <summary>Writes to a person about their registration: after the commit that changed it, so that mails cost whoever asks for a place nothing.</summary>
internal sealed class WhenLetterIsDue(IDocumentSession session, RegistrationLetters letters, TimeProvider clock) : INotificationHandler<LetterDue>
{
    public async Task Handle(LetterDue notification, CancellationToken ct)
    {
        if (await session.LoadAsync<Registration>(notification.RegistrationId, ct) is not { } registration || await session.LoadAsync<Event>(registration.EventId, ct) is not { } e) return;

        if (notification.Kind == LetterDue.Unconfirmed && await HasHeardAsync(registration, ct)) return;

        var ranks = registration.Line is null ? [] : await Lines.RanksAsync(session, [registration.Id], ct);
        var letter = letters.Write(notification.Kind, notification.Sequence, registration, e, ranks.TryGetValue(registration.Id, out var standing) ? standing : null);
        if (letter is not null) session.Send(letter, clock);
    }

    /// <summary>
    /// Whoever has asked again meanwhile knows; and an address that has not answered once is not told so a second time, because somebody may type a stranger's again and again.
    /// </summary>
    private async Task<bool> HasHeardAsync(Registration unconfirmed, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"""
            select exists (select from {session.Table<Registration>()} where data ->> 'eventId' = $1 and id <> $2 and lower(data -> 'person' ->> 'email') = lower($3)
              and (data ->> 'liveKey' is not null or (data ->> 'status' = 'Expired' and data ->> 'askedAt' < (select data ->> 'askedAt' from {session.Table<Registration>()} where id = $2))))
            """);
        command.Parameters.Add(new() { Value = unconfirmed.EventId.ToString() });
        command.Parameters.Add(new() { Value = unconfirmed.Id });
        command.Parameters.Add(new() { Value = unconfirmed.Person.Email });
        await using var reader = await session.ExecuteReaderAsync(command, ct);
        return await reader.ReadAsync(ct) && reader.GetBoolean(0);
    }
}
