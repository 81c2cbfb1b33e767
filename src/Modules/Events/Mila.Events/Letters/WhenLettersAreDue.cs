using Mila.BuildingBlocks.Mail;
using Mila.Events.Agenda;
using Mila.Events.Registrations;
using Mila.Events.Waiting;
using Npgsql;

namespace Mila.Events.Letters;

/// <summary>Writes to people about their registrations: after the commit that changed it, so that mails cost whoever asks for a place nothing.</summary>
internal sealed class WhenLettersAreDue(IDocumentSession session, RegistrationLetters letters, TimeProvider clock) : INotificationHandler<LettersDue>
{
    public async Task Handle(LettersDue notification, CancellationToken ct)
    {
        var due = notification.Letters;
        var registrations = (await session.LoadManyAsync<Registration>(ct, due.Select(d => d.RegistrationId).Distinct())).ToDictionary(r => r.Id);
        var events = (await session.LoadManyAsync<Event>(ct, registrations.Values.Select(r => r.EventId).Distinct())).ToDictionary(e => e.Id);
        var ranks = await Lines.RanksAsync(session, [.. registrations.Values.Where(r => r.Line is not null).Select(r => r.Id)], ct);
        var offered = await OfferedAsync(session, [.. due.Where(d => d.Kind == nameof(RegistrationStatus.Offered)).Select(d => d.RegistrationId)], ct);
        foreach (var one in due)
        {
            if (!registrations.TryGetValue(one.RegistrationId, out var registration) || !events.TryGetValue(registration.EventId, out var e)) continue;
            if (one.Kind == LetterDue.Unconfirmed && await HasHeardAsync(session, registration, ct)) continue;

            var letter = letters.Write(one.Kind, one.Sequence, registration, e, ranks.TryGetValue(registration.Id, out var standing) ? standing : null, offered.GetValueOrDefault(registration.Id));
            if (letter is not null) session.Send(letter, clock);
        }
    }

    /// <summary>The decisions by which these were offered a place last.</summary>
    private static async Task<Dictionary<Guid, Decision>> OfferedAsync(IDocumentSession session, Guid[] ids, CancellationToken ct)
    {
        var last = new Dictionary<Guid, Decision>();
        if (ids.Length == 0) return last;

        foreach (var decision in await session.Query<Decision>().Where(d => d.RegistrationId.IsOneOf(ids) && d.Kind == DecisionKind.Offered).OrderBy(d => d.At).ToListAsync(ct)) last[decision.RegistrationId] = decision;
        return last;
    }

    /// <summary>
    /// Whoever has asked again meanwhile knows; and an address that has not answered once is not told so a second time, because somebody may type a stranger's again and again.
    /// </summary>
    internal static async Task<bool> HasHeardAsync(IDocumentSession session, Registration unconfirmed, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"""
            select exists (select from {session.Table<Registration>()} where (data ->> 'liveKey') collate "C" = $1 and id <> $2)
              or exists (select from {session.Table<Registration>()} where (data ->> 'expiredKey') collate "C" = $1 and id <> $2
                and data ->> 'askedAt' < (select data ->> 'askedAt' from {session.Table<Registration>()} where id = $2))
            """);
        command.Parameters.Add(new() { Value = Registration.LiveKeyOf(unconfirmed.EventId, unconfirmed.Person.Email) });
        command.Parameters.Add(new() { Value = unconfirmed.Id });
        await using var reader = await session.ExecuteReaderAsync(command, ct);
        return await reader.ReadAsync(ct) && reader.GetBoolean(0);
    }
}
