namespace Mila.Events.Registrations;

/// <summary>What was set aside and not taken in time is free again, and goes to the next in line.</summary>
internal sealed class WhenPlaceRunsOut(IDocumentSession session, Desks desks) : INotificationHandler<PlaceRunsOut>
{
    public async Task Handle(PlaceRunsOut notification, CancellationToken ct)
    {
        var (desk, registration) = await desks.FindAsync(session, notification.RegistrationId, ct);
        if (desk is null || registration is null) return;

        desk.RunOut(registration);
        await Desks.CloseAsync(session, desk, ct);
    }
}
