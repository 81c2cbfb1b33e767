using Mila.Events.Tests.Agenda;
using Mila.Testing.App;

namespace Mila.Events.Tests.Registrations;

/// <summary>Those who ask at one moment share a transaction, and nothing else: what PostgreSQL refuses of one is no other's fault.</summary>
public sealed class BatchTests(TestMila mila) : IClassFixture<TestMila>
{
    // A fault that no check of ours foresees. It has a name, so that only the batches of this test meet it.
    private const string Refuses = """
        create function events.refuse_poison() returns trigger language plpgsql as $$ begin
          if new.data -> 'person' ->> 'name' = 'Poison' then raise exception 'refused'; end if; return new; end $$;
        create trigger refuse_poison before insert on events.mt_doc_registration for each row execute function events.refuse_poison();
        """;

    [Fact]
    public async Task One_bad_row_spoils_no_other()
    {
        using var admin = mila.Admin();
        await mila.SqlAsync(Refuses);
        var @event = await Door.OpenAsync(admin, capacity: 40);
        var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => admin.TellAsync(
            $"{@event.Path()}/registrations", new { name = i % 20 == 7 ? "Poison" : "Nina", email = Door.NewEmail() }, i % 2 == 0 ? [] : [("Idempotency-Key", $"poison-{Door.NewEmail()}")])));

        foreach (var (answer, i) in answers.Select((a, i) => (a, i)))
        {
            if (i % 20 == 7) answer.ShouldRefuse(500, "internal-error");
            else answer.Expect(201);
        }

        (await Door.SeatsAsync(admin, @event)).ShouldBe((40, 0, 17));
        await Door.RegisteredAsync(admin, @event, "waitlisted");
    }

    [Fact]
    public async Task A_lost_connection_is_taken_up_again_for_all()
    {
        using var admin = mila.Admin();
        var @event = await Door.OpenAsync(admin);
        await mila.SqlAsync("""
            create sequence events.lost;
            create function events.lose() returns trigger language plpgsql as $$ begin
              if new.data ->> 'eventId' = '{0}' and nextval('events.lost') = 1 then perform pg_terminate_backend(pg_backend_pid()); end if; return new; end $$;
            create trigger lose before insert on events.mt_doc_registration for each row execute function events.lose();
            """.Replace("{0}", @event.Id(), StringComparison.Ordinal));
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Door.AskAsync(admin, @event)));

        answers.ShouldAllBe(a => a.Status == 201);
        (await Door.SeatsAsync(admin, @event)).ShouldBe((20, 0, 0));
    }
}
