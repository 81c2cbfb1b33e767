using Marten;
using Marten.Services;
using Microsoft.Extensions.DependencyInjection;
using Mila.Events.Registrations;
using Mila.Events.Tests.Agenda;
using Mila.Testing.App;
using Npgsql;

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

    [Fact]
    public async Task A_commit_of_which_the_word_was_lost_is_answered_as_what_it_was()
    {
        using var admin = mila.Admin();
        using var nobody = mila.Anonymous();
        var @event = await Door.OpenAsync(admin, capacity: 1);
        var lost = new LosesTheWord();
        ((DocumentStore)mila.Services.GetRequiredService<IDocumentStore>()).Options.Listeners.Add(lost);
        async Task<Answer> AskAsync(HttpClient caller, string status)
        {
            lost.IsArmed = true;
            var answer = await Door.RegisteredAsync(caller, @event, status);
            lost.IsArmed.ShouldBeFalse("the word was lost");
            var read = (await admin.AskAsync(answer.Registration())).Expect(200);
            (read.Text, read.Etag).ShouldBe((answer.Text, answer.Etag));
            return answer;
        }

        await AskAsync(admin, "confirmed");
        await AskAsync(admin, "waitlisted");
        await AskAsync(admin, "waitlisted");
        var stranger = await AskAsync(nobody, "pending");
        (await Door.SeatsAsync(admin, @event)).ShouldBe((1, 0, 2));
        (await mila.PublishedAsync("Events.LettersDue")).SelectMany(d => d.GetProperty("letters").EnumerateArray()).Where(l => l.GetProperty("registrationId").GetString() == stranger["id"].GetString()).ShouldHaveSingleItem().GetProperty("kind").GetString().ShouldBe("Pending");
    }

    [Fact]
    public async Task Those_who_ask_at_several_events_share_a_transaction_and_each_event_has_its_own_rules()
    {
        using var admin = mila.Admin();
        var (full, wide, off) = (await Door.OpenAsync(admin, capacity: 1), await Door.OpenAsync(admin), await Door.OpenAsync(admin));
        var (shared, alike) = (await Door.OpenAsync(admin, capacity: 9, seatsPerOrganisation: 2), await Door.OpenAsync(admin, capacity: 9, seatsPerOrganisation: 2));
        (await admin.TellAsync($"{off.Path()}/cancellation", new { reason = new { fr = "Grève", en = "Strike" } })).Expect(200);
        await Door.RegisteredAsync(admin, shared, more: new { organisation = "Label Un" });
        var email = Door.NewEmail();
        Asked[] asked =
        [
            Ask(full.Id()), Ask(wide.Id()), Ask(off.Id()), Ask(Guid.Empty.ToString()), Ask(full.Id()),
            Ask(shared.Id(), "Label Un"), Ask(alike.Id(), "Label Un"), Ask(shared.Id(), "Label Un"), Ask(alike.Id(), "Label Un"), Ask(wide.Id(), email: email), Ask(full.Id(), email: email), Ask(wide.Id(), email: email),
        ];
        (await mila.Services.GetRequiredService<RegistrationBatch>().ServeAsync(asked)).ShouldBeEmpty();

        var answers = await Task.WhenAll(asked.Select(a => a.Answered.Task));
        answers.Select(a => a.Refusal?.Code ?? a.Registration!.Status.ToString()).ShouldBe(
        [
            "Confirmed", "Confirmed", "event-cancelled", "event-unknown", "Waitlisted",
            "Confirmed", "Confirmed", "organisation-seats-taken", "Confirmed", "Confirmed", "Waitlisted", "already-registered",
        ]);
        (await Door.SeatsAsync(admin, full)).ShouldBe((1, 0, 2));
        (await Door.SeatsAsync(admin, wide)).ShouldBe((2, 0, 0));
        (await Door.SeatsAsync(admin, shared)).ShouldBe((2, 0, 0));
        (await Door.SeatsAsync(admin, alike)).ShouldBe((2, 0, 0));
    }

    [Fact]
    public async Task An_event_that_is_held_elsewhere_keeps_nobody_waiting_who_asks_at_another()
    {
        using var admin = mila.Admin();
        var held = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Door.OpenAsync(admin)));
        var free = await Door.OpenAsync(admin);
        await using var holder = new NpgsqlConnection(mila.ConnectionString);
        await holder.OpenAsync(TestContext.Current.CancellationToken);
        await using var transaction = await holder.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using (var hold = new NpgsqlCommand("select id from events.mt_doc_event where id = any($1) for update", holder) { Parameters = { new() { Value = held.Select(e => Guid.Parse(e.Id())).ToArray() } } }) await hold.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        var waiting = held.SelectMany(e => Enumerable.Range(0, 3).Select(i => admin.TellAsync(
            $"{e.Path()}/registrations", new { name = "Nina", email = Door.NewEmail() }, i == 0 ? [] : [("Idempotency-Key", $"held-{Door.NewEmail()}")]))).ToList();
        for (var i = 0; i < 20; i++) await Door.RegisteredAsync(admin, free).WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);

        waiting.ShouldAllBe(w => !w.IsCompleted);
        await transaction.RollbackAsync(TestContext.Current.CancellationToken);
        foreach (var answer in await Task.WhenAll(waiting)) answer.Expect(201);
        foreach (var e in held) (await Door.SeatsAsync(admin, e)).ShouldBe((3, 0, 0));
    }

    private Asked Ask(string eventId, string? organisation = null, string? email = null) => new(
        Guid.CreateVersion7(mila.Clock.GetUtcNow()), Guid.Parse(eventId), RegisterForEvent.WishOf(new RegisterForEvent.Request("Nina Simon", email ?? Door.NewEmail(), organisation), null, "fr"), ByMail: false, Claim: null);

    /// <summary>The connection breaks between the commit of a registration and the word that it is made; once.</summary>
    private sealed class LosesTheWord : DocumentSessionListenerBase
    {
        private IDocumentSession? _broken;

        public bool IsArmed { get; set; }

        public override Task BeforeSaveChangesAsync(IDocumentSession session, CancellationToken token)
        {
            if (IsArmed && session.PendingChanges.Operations().Any(o => o.GetType().GenericTypeArguments.Contains(typeof(Registration)))) (_broken, IsArmed) = (session, false);
            return Task.CompletedTask;
        }

        public override Task AfterCommitAsync(IDocumentSession session, IChangeSet commit, CancellationToken token) =>
            session == _broken ? throw new NpgsqlException("The connection is lost.", new IOException()) : Task.CompletedTask;
    }
}
