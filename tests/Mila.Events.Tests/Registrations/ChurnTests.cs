using System.Collections.Concurrent;
using Mila.BuildingBlocks.Security;
using Mila.Events.Letters;
using Mila.Events.Tests.Agenda;
using Mila.Testing.App;

namespace Mila.Events.Tests.Registrations;

/// <summary>Many clients do everything at once. <c>MILA_LONG_RACES=1</c>: 32 clients for 60 s, ten seeds; else a few deeds each.</summary>
public sealed class ChurnTests(TestMila mila, ITestOutputHelper output) : IClassFixture<TestMila>
{
    // One statement sees one moment: at each of them the plan is the sum of the registrations, and within the capacity.
    private const string DoesNotAddUp = """
        select count(*) from (
          select (e.data ->> 'capacity')::int capacity, coalesce((p.data ->> 'taken')::int, 0) taken, coalesce((p.data ->> 'held')::int, 0) held,
            coalesce((select sum(w::int) from jsonb_array_elements_text(p.data -> 'waiting') w), 0) waiting, r.*
          from events.mt_doc_event e left join events.mt_doc_seatplan p on p.id = e.id, lateral (
            select coalesce(sum((data ->> 'seats')::int) filter (where data ->> 'status' in ('Confirmed', 'Attended', 'NoShow')), 0) sits,
              coalesce(sum((data ->> 'seats')::int) filter (where data ->> 'status' = 'Offered' or (data ->> 'status' = 'Pending' and (data ->> 'seatsHeld')::boolean)), 0) keeps,
              count(*) filter (where data ->> 'status' = 'Waitlisted') waits
            from events.mt_doc_registration where data ->> 'eventId' = e.id::text) r
          where e.id = '{0}') s
        where taken + held > capacity or taken <> sits or held <> keeps or waiting <> waits
        """;

    // Within one commit every rank up to the last that was served has its decision.
    private const string SkippedSilently = """
        select count(*) from (select xmin::text, count(distinct data ->> 'rank') n, max((data ->> 'rank')::int) m from events.mt_doc_decision
          where data ->> 'eventId' = '{0}' and data ->> 'kind' in ('Offered', 'Skipped') group by 1) t where n <> m
        """;

    // And those that nobody moved were served in the order of asking: all had equally few past places.
    private const string OutOfOrder = """
        select count(*) from (
          select r.data ->> 'askedAt' asked, lag(r.data ->> 'askedAt') over (partition by d.xmin::text order by (d.data ->> 'rank')::int) before
          from events.mt_doc_decision d join events.mt_doc_registration r on r.id = (d.data ->> 'registrationId')::uuid
          where d.data ->> 'eventId' = '{0}' and d.data ->> 'kind' in ('Offered', 'Skipped') and r.data ->> 'movedBecause' is null) t
        where before > asked
        """;

    [Fact]
    public async Task Whatever_many_do_at_once_the_seats_add_up_and_the_line_keeps_its_order()
    {
        for (var seed = 1; seed <= (LastSeatRaceTests.IsLong ? 10 : 1); seed++)
        {
            using var admin = mila.Admin();
            var churn = await ChurnAsync(admin, seed, LastSeatRaceTests.IsLong);
            await mila.DrainAsync();

            churn.Broken.ShouldBeEmpty();
            churn.Violations.ShouldBe(0);
            (await CountAsync(DoesNotAddUp, churn.Event)).ShouldBe(0);
            (await CountAsync(SkippedSilently, churn.Event)).ShouldBe(0);
            (await CountAsync(OutOfOrder, churn.Event)).ShouldBe(0);
            await NobodyWhoFitsWaitsAsync(admin, churn.Event);
            output.WriteLine($"seed {seed}: {churn.Deeds} deeds, {churn.Looks} looks, {await CountAsync("select count(*) from events.mt_doc_decision where data ->> 'eventId' = '{0}'", churn.Event)} decisions");
        }
    }

    [Fact]
    public async Task Control_without_the_lock_the_seats_would_not_add_up()
    {
        using var admin = mila.Admin();
        using var control = new WithoutRowLocks();
        var violations = 0;
        for (var seed = 1; seed <= 10 && violations == 0; seed++)
        {
            var churn = await ChurnAsync(admin, seed, isLong: false);
            violations += churn.Violations + await CountAsync(DoesNotAddUp, churn.Event);
        }

        violations.ShouldBeGreaterThan(0);
    }

    private async Task<Churn> ChurnAsync(HttpClient admin, int seed, bool isLong)
    {
        var starts = mila.Clock.GetUtcNow().AddYears(8);
        var churn = new Churn(await Door.OpenAsync(admin, capacity: 8, startsAt: starts.ToString("O"), endsAt: starts.AddHours(2).ToString("O")));
        using var done = new CancellationTokenSource();
        var looking = LookAsync(churn, done.Token);
        await Task.WhenAll(Enumerable.Range(0, isLong ? 32 : 8).Select(i => ActAsync(churn, new Random((seed * 1000) + i), isLong)));
        await done.CancelAsync();
        await looking;
        return churn;
    }

    private async Task LookAsync(Churn churn, CancellationToken done)
    {
        while (!done.IsCancellationRequested)
        {
            churn.Violations += await CountAsync(DoesNotAddUp, churn.Event);
            churn.Looks++;
        }
    }

    private async Task ActAsync(Churn churn, Random random, bool isLong)
    {
        using var staff = mila.Admin();
        using var nobody = mila.Anonymous();
        var running = System.Diagnostics.Stopwatch.StartNew();
        for (var deed = 0; isLong ? running.Elapsed < TimeSpan.FromSeconds(60) : deed < 40; deed++)
        {
            var answer = await DoAsync(staff, nobody, churn, random);
            Interlocked.Increment(ref churn.Deeds);
            if (answer is { Status: >= 500 }) churn.Broken.Enqueue(answer.Text);
            if (answer is { Status: 201 }) churn.Known.TryAdd(answer.Registration(), 0);
        }
    }

    private async Task<Answer?> DoAsync(HttpClient staff, HttpClient nobody, Churn churn, Random random)
    {
        var (@event, known) = (churn.Event, churn.Known);
        var which = known.Keys.Skip(random.Next(Math.Max(1, known.Count))).FirstOrDefault();
        switch (random.Next(24))
        {
            case < 7:
                return await Door.AskAsync(staff, @event, more: new { seats = random.Next(1, 4) });
            case < 9:
                return await Door.AskAsync(nobody, @event);
            case < 11 when which is not null:
                return await nobody.TellAsync($"/registrations/{new RegistrationLink(Guid.Parse(which.Split('/')[^1]), LinkUse.Confirm).Seal(Signer)}/confirmation", null);
            case < 15 when which is not null:
                return await staff.TellAsync($"{which}/cancellation", null);
            case < 16 when which is not null:
                return await staff.TellAsync($"{which}/position", new { position = random.Next(1, 5), reason = "pour voir" });
            case < 20:
                var offered = await staff.AskAsync($"{@event.Path()}/registrations?status=offered&limit=5");
                if (offered.Status != 200 || offered["items"].GetArrayLength() == 0) return offered;
                return await staff.TellAsync($"/v1/registrations/{offered["items"][0].GetProperty("id").GetString()}/acceptance", null);
            case < 21:
                // One at a time: who drains waits for the lanes that another drains.
                if (Interlocked.Exchange(ref churn.Draining, 1) == 1) return null;
                mila.Clock.Advance(TimeSpan.FromMinutes(random.Next(10, 200)));
                await mila.DrainAsync();
                Interlocked.Exchange(ref churn.Draining, 0);
                return null;
            default:
                var now = await staff.AskAsync(@event.Path());
                if (now.Status != 200) return now;
                return await staff.AmendAsync(@event.Path(), new { capacity = random.Next(4, 16) }, now.Etag);
        }
    }

    private LinkSigner Signer => (LinkSigner)mila.Services.GetService(typeof(LinkSigner))!;

    private async Task<int> CountAsync(string sql, Answer @event) => (int)(long)(await mila.SqlAsync(sql.Replace("{0}", @event.Id(), StringComparison.Ordinal)))!;

    private static async Task NobodyWhoFitsWaitsAsync(HttpClient staff, Answer @event)
    {
        var now = (await staff.AskAsync(@event.Path())).Expect(200);
        var free = now["capacity"].GetInt32() - now["seatsTaken"].GetInt32() - now["seatsHeld"].GetInt32();
        for (var page = $"{@event.Path()}/registrations?status=waitlisted&limit=250"; page is not null;)
        {
            var list = (await staff.AskAsync(page)).Expect(200);
            foreach (var r in list["items"].EnumerateArray()) r.GetProperty("seats").GetInt32().ShouldBeGreaterThan(free, "nobody who fits waits beside a free seat");
            page = list["next"].GetString() is { } next ? new Uri(next).PathAndQuery : null;
        }
    }

    private sealed class Churn(Answer @event)
    {
        public int Deeds;
        public int Draining;

        public Answer Event { get; } = @event;

        public ConcurrentDictionary<string, byte> Known { get; } = new(StringComparer.Ordinal);

        public ConcurrentQueue<string> Broken { get; } = new();

        public int Violations { get; set; }

        public int Looks { get; set; }
    }
}
