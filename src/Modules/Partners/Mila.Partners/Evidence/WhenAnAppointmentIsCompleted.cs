using Mila.Coaching.Contracts;

namespace Mila.Partners.Evidence;

/// <summary>An hour with an expert is evidence: for one member, of one service.</summary>
internal sealed class WhenAnAppointmentIsCompleted(IDocumentSession session) : INotificationHandler<AppointmentCompleted>
{
    public async Task Handle(AppointmentCompleted notification, CancellationToken ct)
    {
        var entry = await session.LoadAsync<EvidenceEntry>(notification.AppointmentId, ct) ?? EvidenceEntry.Appointment(notification.AppointmentId);
        entry.Completed(notification);
        session.Store(entry);
    }
}
