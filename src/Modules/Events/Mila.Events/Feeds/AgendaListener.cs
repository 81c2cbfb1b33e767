using Marten.Services;
using Mila.Events.Agenda;
using Mila.Events.Programmes;

namespace Mila.Events.Feeds;

/// <summary>
/// Tells every host, in the transaction of the change itself, that the agenda reads differently. NOTIFY makes commits queue behind one another,
/// which is why the outbox avoids it; events change some times a day.
/// </summary>
internal sealed class AgendaListener : DocumentSessionListenerBase
{
    public const string Channel = "mila_agenda";

    public override Task BeforeSaveChangesAsync(IDocumentSession session, CancellationToken token)
    {
        var changes = session.PendingChanges;
        if (changes.AllChangedFor<Event>().Any() || changes.AllChangedFor<Programme>().Any() || changes.DeletionsFor<Event>().Any())
        {
#pragma warning disable RS0030 // The one statement of this module that is no document.
            session.QueueSqlCommand($"select pg_notify('{Channel}', '')");
#pragma warning restore RS0030
        }

        return Task.CompletedTask;
    }
}
