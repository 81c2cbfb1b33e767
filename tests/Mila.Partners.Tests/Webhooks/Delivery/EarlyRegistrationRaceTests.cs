using Marten;
using Microsoft.Extensions.DependencyInjection;
using Mila.Events.Contracts;
using Mila.Partners.Webhooks.Announcements;
using Mila.Testing.App;

namespace Mila.Partners.Tests.Webhooks.Delivery;

/// <summary>A registration and the publication of its event come by two ways at the same moment.</summary>
[Collection(nameof(LocksOff))]
public sealed class EarlyRegistrationRaceTests(TestMila mila) : IClassFixture<TestMila>
{
    [Fact]
    public async Task A_registration_that_is_heard_of_while_its_event_is_heard_of_is_told() => (await ToldAsync(waits: true)).ShouldBe(1);

    [Fact]
    public async Task Control_without_the_lock_it_would_be_kept_for_ever()
    {
        using var off = new WithoutNameLocks();
        (await ToldAsync(waits: false)).ShouldBe(0);
    }

    private async Task<long> ToldAsync(bool waits)
    {
        var (registration, @event, now) = (Guid.CreateVersion7(), Guid.CreateVersion7(), mila.Clock.GetUtcNow());
        await using var hearing = mila.Services.GetRequiredService<IDocumentStore>().LightweightSession();

        // Who hears of the event has seen that nothing is kept for it, and has not committed yet.
        await EarlyRegistrations.LockAsync(hearing, @event, TestContext.Current.CancellationToken);
        hearing.Store(KnownEvent.Of(new EventPublished(@event, "atelier", "codev", "Atelier", null, "network", null, now, now.AddHours(2), null, [], 1, now)));
        var told = mila.TellAsync(new RegistrationConfirmed(registration, @event, null, null, 1, 1, now));
        if (waits) await SomebodyWaitsAsync(told);
        else await told;
        await hearing.SaveChangesAsync(TestContext.Current.CancellationToken);
        await told;

        return (long)(await mila.SqlAsync($"select count(*) from partners.webhook_messages where resource = '{registration}'"))!;
    }

    private async Task SomebodyWaitsAsync(Task told)
    {
        const string waiting = "select count(*) from pg_locks l join pg_database d on d.oid = l.database where d.datname = current_database() and l.locktype = 'advisory' and not l.granted";
        while (!told.IsCompleted && (long)(await mila.SqlAsync(waiting))! == 0) TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
    }
}
