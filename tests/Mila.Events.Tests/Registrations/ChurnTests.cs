using System.Collections.Concurrent;
using System.Globalization;
using Mila.BuildingBlocks.Security;
using Mila.Events.Letters;
using Mila.Events.Tests.Agenda;
using Mila.Events.Tests.Networks;
using Mila.Partners.Contracts;
using Mila.Testing.App;
using Mila.Testing.Postgres;

namespace Mila.Events.Tests.Registrations;

/// <summary>
/// Many clients do everything at once, while the outbox delivers beside them: at an event for everybody whose mode changes, and at a hybrid one that keeps seats for a network and
/// gives companies their share. <c>MILA_LONG_RACES=1</c>: 32 clients for 60 s, ten seeds; else a few deeds each.
/// </summary>
public abstract class ChurnTrial(BusyMila mila, ITestOutputHelper output)
{
    private const int KeptForTheNetwork = 4;
    private const int Share = 3;

    private const string Now = """
        with e as (select id, (data ->> 'capacity')::int capacity, coalesce(data -> 'venue' ->> 'mode', 'OnSite') mode from events.mt_doc_event where id = '{0}'),
        r as (select (data ->> 'seats')::int seats, data ->> 'place' place, data ->> 'partnerId' partner, data ->> 'party' party, data ->> 'line' line, data ->> 'movedBecause' moved,
            case when data ->> 'status' in ('Confirmed', 'Attended', 'NoShow') then 'taken' when data ->> 'status' = 'Waitlisted' then 'waits'
              when data ->> 'status' = 'Offered' or (data ->> 'status' = 'Pending' and (data ->> 'seatsHeld')::boolean) then 'held' end as uses
          from events.mt_doc_registration where data ->> 'eventId' = '{0}'),
        p as (select coalesce((data ->> 'taken')::int, 0) taken, coalesce((data ->> 'held')::int, 0) held, coalesce((data ->> 'remoteTaken')::int, 0) remote_taken, coalesce((data ->> 'remoteHeld')::int, 0) remote_held,
            coalesce((data ->> 'remoteWaiting')::int, 0) remote_waiting, coalesce((data ->> 'moved')::int, 0) moved, coalesce((select sum(w::int) from jsonb_array_elements_text(data -> 'waiting') w), 0) waiting,
            coalesce(data -> 'networks', '[]'::jsonb) networks
          from (select 1) one left join events.mt_doc_seatplan on id = '{0}'),
        free as (select e.capacity - p.taken - p.held - case when e.mode = 'Hybrid' then 0 else p.remote_taken + p.remote_held end free,
            greatest(0, {kept} - coalesce((select sum(seats) from r where partner = '{network}' and place = 'OnSite' and uses in ('taken', 'held')), 0)) kept from e, p)

        """;

    // One statement sees one moment: at each of them the plan is the sum of the registrations, and within the capacity that its mode counts.
    private const string DoesNotAddUp = Now + """
        select count(*) from e, p, free, (select coalesce(sum(seats) filter (where uses = 'taken' and place = 'OnSite'), 0) sits, coalesce(sum(seats) filter (where uses = 'held' and place = 'OnSite'), 0) keeps,
            coalesce(sum(seats) filter (where uses = 'taken' and place = 'Remote'), 0) joins, coalesce(sum(seats) filter (where uses = 'held' and place = 'Remote'), 0) may_join,
            count(*) filter (where uses = 'waits') waits, count(*) filter (where uses = 'waits' and place = 'Remote') waits_remotely, count(*) filter (where line is not null and moved is not null) stands_elsewhere,
            count(*) filter (where (line is not null) <> (uses is not distinct from 'waits')) astray from r) s
        where free.free < 0 or (p.taken, p.held, p.remote_taken, p.remote_held, p.waiting, p.remote_waiting, p.moved, 0) <> (sits, keeps, joins, may_join, waits, waits_remotely, stands_elsewhere, astray)
          or exists (select from (select partner, coalesce(sum(seats) filter (where uses in ('taken', 'held') and place = 'OnSite'), 0) used, coalesce(sum(seats) filter (where uses in ('taken', 'held') and place = 'Remote'), 0) remotely,
              count(*) filter (where uses = 'waits') waits from r where partner is not null group by 1) h
            full join (select x ->> 'partnerId' partner, (x ->> 'used')::int used, (x ->> 'remoteUsed')::int remotely, (x ->> 'waiting')::int waits from p, jsonb_array_elements(p.networks) x) k using (partner)
            where (coalesce(h.used, 0), coalesce(h.remotely, 0), coalesce(h.waits, 0)) <> (coalesce(k.used, 0), coalesce(k.remotely, 0), coalesce(k.waits, 0)))
        """;

    // Where the agreement was there first and the room never shrinks, what is kept is free at each moment, and no company has more than its share of the room.
    private const string GivenAway = Now + """
        select (select count(*) from free where free < kept) + (select count(*) from (select sum(seats) has from r where uses in ('taken', 'held') and place = 'OnSite' and party not like 'person %' group by party) o where has > {share})
        """;

    private const string FitsAndWaits = Now + """
        select count(*) from r, e, free where uses = 'waits' and ((e.mode = 'Hybrid' and place = 'Remote')
          or (seats <= free - case when partner is not distinct from '{network}' then 0 else kept end and (party like 'person %'
            or seats + coalesce((select sum(o.seats) from r o where o.party = r.party and o.uses in ('taken', 'held') and (e.mode <> 'Hybrid' or o.place = 'OnSite')), 0) <= {share})))
        """;

    // Within one walk along the line every rank up to the last that was served has its decision. One commit may hold several walks, each of a shorter line.
    private const string SkippedSilently = """
        select count(*) from (select xmin::text, data ->> 'of', count(distinct data ->> 'rank') n, max((data ->> 'rank')::int) m from events.mt_doc_decision
          where data ->> 'eventId' = '{0}' and data ->> 'kind' in ('Offered', 'Skipped') group by 1, 2) t where n <> m
        """;

    // And those that nobody moved were served in the order of asking: all had equally few past places.
    private const string OutOfOrder = """
        select count(*) from (
          select r.data ->> 'askedAt' asked, lag(r.data ->> 'askedAt') over (partition by d.xmin::text, d.data ->> 'of' order by (d.data ->> 'rank')::int) before
          from events.mt_doc_decision d join events.mt_doc_registration r on r.id = (d.data ->> 'registrationId')::uuid
          where d.data ->> 'eventId' = '{0}' and d.data ->> 'kind' in ('Offered', 'Skipped') and r.data ->> 'movedBecause' is null) t
        where before > asked
        """;

    private const string Circumstances = """
        select jsonb_build_object('event', (select data from events.mt_doc_event where id = '{0}'), 'plan', (select data from events.mt_doc_seatplan where id = '{0}'), 'agreements', (select jsonb_agg(data) from events.mt_doc_knownagreement),
          'waiting', (select jsonb_agg(data - 'person') from (select data from events.mt_doc_registration where data ->> 'eventId' = '{0}' and data ->> 'line' is not null order by data ->> 'line' limit 3) w),
          'outbox', (select jsonb_agg(to_jsonb(o) - 'body') from mila.outbox o where due_at < now() + interval '7 years' or attempts > 0))::text
        """;

    private static readonly string[] Modes = ["onSite", "online", "hybrid"];

    private (Guid Network, Guid Other, Guid OthersAgreement, Guid[] Members)? _house;

    private protected async Task HoldsAsync()
    {
        for (var seed = 1; seed <= (LastSeatRaceTests.IsLong ? 10 : 2); seed++)
        {
            using var admin = mila.Admin();
            var churn = await ChurnAsync(admin, seed, ofNetworks: seed % 2 == 0, LastSeatRaceTests.IsLong);
            if (churn.OfNetworks) await SignAsync(signed: true, churn);
            await SettleAsync();

            churn.Broken.ShouldBeEmpty();
            churn.Violations.ShouldBe(0);
            (await ViolationsAsync(churn)).ShouldBe(0);
            (await CountAsync(SkippedSilently, churn)).ShouldBe(0);
            (await CountAsync(OutOfOrder, churn)).ShouldBe(0);
            (await CountAsync(FitsAndWaits, churn)).ShouldBe(0, $"nobody who fits waits beside a free seat: {await mila.SqlAsync(Circumstances.Replace("{0}", churn.Event.Id(), StringComparison.Ordinal))}");
            output.WriteLine($"seed {seed}, {(churn.OfNetworks ? "kept seats" : "modes")}: {churn.Deeds} deeds ({string.Join(", ", churn.Done.OrderBy(d => d.Key, StringComparer.Ordinal).Select(d => $"{d.Key} {d.Value}"))}), "
                + $"{churn.Looks} looks, {await CountAsync("select count(*) from events.mt_doc_decision where data ->> 'eventId' = '{0}'", churn)} decisions");
        }
    }

    private protected async Task BreaksAsync(bool ofNetworks)
    {
        using var admin = mila.Admin();
        using var control = new WithoutRowLocks();
        var violations = 0;
        for (var seed = 101; seed <= 110 && violations == 0; seed++)
        {
            var churn = await ChurnAsync(admin, seed, ofNetworks, isLong: false);
            violations += churn.Violations + await ViolationsAsync(churn);
        }

        violations.ShouldBeGreaterThan(0);
    }

    /// <summary>What failed on a busy machine, for a transaction was ended for its silence, is tried again when its time has come.</summary>
    private async Task SettleAsync()
    {
        for (var tries = 0; tries < 10; tries++)
        {
            await mila.DrainAsync();
            if (await mila.SqlAsync("select string_agg(distinct subscriber || ' ' || type || ' ' || attempts || ' ' || left(error, 120), E'\n') from mila.outbox where attempts > 0") is not string late) return;

            output.WriteLine($"to be tried again: {late}");
            mila.Clock.Advance(TimeSpan.FromHours(1));
        }

        (await mila.SqlAsync("select count(*) from mila.outbox where attempts > 0")).ShouldBe(0L, "everything was delivered in the end");
    }

    private async Task<Churn> ChurnAsync(HttpClient admin, int seed, bool ofNetworks, bool isLong)
    {
        var (network, other, othersAgreement, members) = _house ??= await FurnishAsync();
        var starts = mila.Clock.GetUtcNow().AddYears(8);
        var @event = await Door.OpenAsync(admin, capacity: ofNetworks ? 12 : 8, audience: ofNetworks ? "network" : "public", seatsPerOrganisation: ofNetworks ? Share : null, startsAt: starts.ToString("O"), endsAt: starts.AddHours(2).ToString("O"), venue: Venue("hybrid"));
        var churn = new Churn(@event, ofNetworks, network, other, othersAgreement, members);
        using var done = new CancellationTokenSource();
        var looking = LookAsync(churn, done.Token);
        await Task.WhenAll(Enumerable.Range(0, isLong ? 32 : 8).Select(i => ActAsync(churn, new Random((seed * 1000) + i), isLong)));
        await done.CancelAsync();
        await looking;
        return churn;
    }

    private async Task<(Guid Network, Guid Other, Guid OthersAgreement, Guid[] Members)> FurnishAsync()
    {
        var (network, _) = await KeptSeatsTests.NetworkAsync(mila, seats: KeptForTheNetwork);
        var (other, agreement) = await KeptSeatsTests.NetworkAsync(mila, seats: 0);
        var members = new List<Guid>();
        for (var i = 0; i < 4; i++) members.Add(await KeptSeatsTests.MemberAsync(mila));
        return (network, other, agreement, [.. members]);
    }

    private async Task LookAsync(Churn churn, CancellationToken done)
    {
        while (!done.IsCancellationRequested)
        {
            churn.Violations += await ViolationsAsync(churn);
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
            var (what, answer) = await DoAsync(staff, nobody, churn, random);
            Interlocked.Increment(ref churn.Deeds);
            if (answer is { Status: >= 500 }) churn.Broken.Enqueue($"{what}: {answer.Text}");
            if (answer is null or { Status: < 400 }) churn.Done.AddOrUpdate(what, 1, (_, n) => n + 1);
            if (answer is { Status: 201 }) churn.Known.TryAdd(answer.Registration(), 0);
        }
    }

    private async Task<(string What, Answer? Answer)> DoAsync(HttpClient staff, HttpClient nobody, Churn churn, Random random)
    {
        var (@event, known) = (churn.Event, churn.Known);
        var which = known.Keys.Skip(random.Next(Math.Max(1, known.Count))).FirstOrDefault();
        switch (random.Next(28))
        {
            case < 7 when churn.OfNetworks:
                return ("register", await Door.AskAsync(staff, @event, more: Wish(churn, random)));
            case < 7:
                return ("register", await Door.AskAsync(staff, @event, more: new { seats = random.Next(1, 4), place = Place(random) }));
            case < 9 when !churn.OfNetworks:
                return ("ask", await Door.AskAsync(nobody, @event, more: new { place = Place(random) }));
            case < 11 when which is not null && !churn.OfNetworks:
                return ("confirm", await nobody.TellAsync($"/registrations/{new RegistrationLink(Guid.Parse(which.Split('/')[^1]), LinkUse.Confirm).Seal(Signer)}/confirmation", null));
            case < 15 when which is not null:
                return ("cancel", await staff.TellAsync($"{which}/cancellation", null));
            case < 16 when which is not null:
                return ("move", await staff.TellAsync($"{which}/position", new { position = random.Next(1, 5), reason = "pour voir" }));
            case < 18 when which is not null:
                return ("switch", await staff.TellAsync($"{which}/place", new { place = random.Next(2) == 0 ? "onSite" : "remote" }));
            case < 22:
                var offered = await staff.AskAsync($"{@event.Path()}/registrations?status=offered&limit=5");
                if (offered.Status != 200 || offered["items"].GetArrayLength() == 0) return ("look", offered);
                return ("accept", await staff.TellAsync($"/v1/registrations/{offered["items"][0].GetProperty("id").GetString()}/acceptance", null));
            case < 23:
                mila.Clock.Advance(TimeSpan.FromMinutes(random.Next(5, 60)));
                return ("wait", null);
            case < 24 when churn.OfNetworks:
                await SignAsync(random.Next(2) == 0, churn);
                return ("sign or end", null);
            default:
                if (churn.OfNetworks) return ("enlarge", await ChangeAsync(staff, @event, now => new { capacity = Math.Min(14, now["capacity"].GetInt32() + 1) }));
                return random.Next(2) == 0
                    ? ("meet", await ChangeAsync(staff, @event, _ => new { capacity = random.Next(8, 24), venue = Venue(Modes[random.Next(3)]) }))
                    : ("resize", await ChangeAsync(staff, @event, _ => new { capacity = random.Next(4, 16) }));
        }
    }

    /// <summary>The seats are part of an event's tag: among many who take them it is read and changed a few times before the tag still holds.</summary>
    private static async Task<Answer> ChangeAsync(HttpClient staff, Answer @event, Func<Answer, object> change)
    {
        for (var tries = 0; ; tries++)
        {
            var now = await staff.AskAsync(@event.Path());
            if (now.Status != 200) return now;

            var answer = await staff.AmendAsync(@event.Path(), change(now), now.Etag);
            if (answer.Status != 412 || tries == 10) return answer;
        }
    }

    private static object Wish(Churn churn, Random random) => random.Next(6) switch
    {
        < 4 => new { seats = random.Next(1, 4), place = Place(random), memberId = churn.Members[random.Next(churn.Members.Count)] },
        4 => new { seats = random.Next(1, 3), place = Place(random), partnerId = churn.Other, organisation = $"Label {random.Next(3)}" },
        _ => new { seats = random.Next(1, 3), place = Place(random), partnerId = churn.Network },
    };

    private static string? Place(Random random) => random.Next(6) switch
    {
        0 => "remote",
        1 => "onSite",
        _ => null,
    };

    private static object Venue(string mode) => new { mode, name = "MILA", url = "https://meet.example/club" };

    /// <summary>The other network comes and goes; no seat is kept for it, so that nothing is kept where somebody sits.</summary>
    private async Task SignAsync(bool signed, Churn churn)
    {
        var (revision, at) = (Interlocked.Increment(ref _revision), mila.Clock.GetUtcNow());
        await using var session = ((Marten.IDocumentStore)mila.Services.GetService(typeof(Marten.IDocumentStore))!).LightweightSession();
        Mila.BuildingBlocks.Outbox.OutboxExtensions.Publish(session, new AgreementChanged(
            churn.OthersAgreement, churn.Other, "access", "reciprocal", new(2026, 1, 1), signed ? null : new(2026, 1, 2), Events: true, Consultations: false, 0, 48, ["endsOn"], revision, at));
        await session.SaveChangesAsync();
    }

    private int _revision = 10;

    private LinkSigner Signer => (LinkSigner)mila.Services.GetService(typeof(LinkSigner))!;

    private async Task<int> ViolationsAsync(Churn churn) => await CountAsync(DoesNotAddUp, churn) + (churn.OfNetworks ? await CountAsync(GivenAway, churn) : 0);

    private async Task<int> CountAsync(string sql, Churn churn) => (int)(long)(await mila.SqlAsync(sql
        .Replace("{0}", churn.Event.Id(), StringComparison.Ordinal)
        .Replace("{network}", churn.Network.ToString(), StringComparison.Ordinal)
        .Replace("{kept}", churn.OfNetworks ? KeptForTheNetwork.ToString(CultureInfo.InvariantCulture) : "0", StringComparison.Ordinal)
        .Replace("{share}", churn.OfNetworks ? Share.ToString(CultureInfo.InvariantCulture) : "1000", StringComparison.Ordinal)))!;

    private sealed class Churn(Answer @event, bool ofNetworks, Guid network, Guid other, Guid othersAgreement, IReadOnlyList<Guid> members)
    {
        public int Deeds;

        public Answer Event { get; } = @event;

        public bool OfNetworks { get; } = ofNetworks;

        public Guid Network { get; } = network;

        public Guid Other { get; } = other;

        public Guid OthersAgreement { get; } = othersAgreement;

        public IReadOnlyList<Guid> Members { get; } = members;

        public ConcurrentDictionary<string, byte> Known { get; } = new(StringComparer.Ordinal);

        public ConcurrentDictionary<string, int> Done { get; } = new(StringComparer.Ordinal);

        public ConcurrentQueue<string> Broken { get; } = new();

        public int Violations { get; set; }

        public int Looks { get; set; }
    }
}

/// <summary>With the outbox at work, as in production: whoever drains it by hand would wait for the others.</summary>
public sealed class BusyMila(TestPostgres postgres) : TestMila(postgres)
{
    protected override IEnumerable<KeyValuePair<string, string?>> Settings => [.. base.Settings.Where(s => s.Key != "Outbox:Dispatchers"), new("Outbox:Dispatchers", "4")];
}

public sealed class ChurnTests(BusyMila mila, ITestOutputHelper output) : ChurnTrial(mila, output), IClassFixture<BusyMila>
{
    [Fact]
    public Task Whatever_many_do_at_once_the_seats_add_up_and_the_line_keeps_its_order() => HoldsAsync();
}

/// <summary>A house of its own: the networks of a control keep seats at every event there is, and what is done without the lock is left broken.</summary>
public sealed class ChurnControlTests(BusyMila mila, ITestOutputHelper output) : ChurnTrial(mila, output), IClassFixture<BusyMila>
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task Control_without_the_lock_the_seats_would_not_add_up(bool ofNetworks) => BreaksAsync(ofNetworks);
}
