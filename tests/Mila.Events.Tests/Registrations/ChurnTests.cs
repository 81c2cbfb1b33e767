using System.Collections.Concurrent;
using Mila.Events.Tests.Agenda;
using Mila.Testing.App;

namespace Mila.Events.Tests.Registrations;

/// <summary>Many clients do everything at once. <c>MILA_LONG_RACES=1</c>: 32 clients for 60 s, ten seeds; else a few deeds each.</summary>
public sealed class ChurnTests(TestMila mila) : IClassFixture<TestMila>
{
    private const string SkippedSilently = """
        select count(*) from (select xmin::text, count(distinct data ->> 'rank') n, max((data ->> 'rank')::int) m from events.mt_doc_decision
          where data ->> 'eventId' = '{0}' and data ->> 'kind' in ('Offered', 'Skipped') group by 1) t where n <> m
        """;

    [Fact]
    public async Task Whatever_many_do_at_once_the_seats_add_up_and_the_line_keeps_its_order()
    {
        for (var seed = 1; seed <= (LastSeatRaceTests.IsLong ? 10 : 1); seed++)
        {
            using var admin = mila.Admin();
            var @event = await Door.OpenAsync(admin, capacity: 8, startsAt: "2030-03-18T18:00:00Z", endsAt: "2030-03-18T20:00:00Z");
            var (known, broken) = (new ConcurrentDictionary<string, byte>(StringComparer.Ordinal), new ConcurrentQueue<string>());
            await Task.WhenAll(Enumerable.Range(0, LastSeatRaceTests.IsLong ? 32 : 8).Select(i => ActAsync(@event, new Random((seed * 1000) + i), known, broken)));
            await mila.DrainAsync();

            broken.ShouldBeEmpty();
            await ShouldAddUpAsync(admin, @event);
            (await mila.SqlAsync(SkippedSilently.Replace("{0}", @event.Id(), StringComparison.Ordinal))).ShouldBe(0L);
        }
    }

    private async Task ActAsync(Answer @event, Random random, ConcurrentDictionary<string, byte> known, ConcurrentQueue<string> broken)
    {
        using var client = mila.Admin();
        var running = System.Diagnostics.Stopwatch.StartNew();
        for (var deed = 0; LastSeatRaceTests.IsLong ? running.Elapsed < TimeSpan.FromSeconds(60) : deed < 40; deed++)
        {
            var answer = await DoAsync(client, @event, random, known);
            if (answer is { Status: >= 500 }) broken.Enqueue(answer.Text);
            if (answer is { Status: 201 }) known.TryAdd(answer.Registration(), 0);
        }
    }

    private async Task<Answer?> DoAsync(HttpClient client, Answer @event, Random random, ConcurrentDictionary<string, byte> known)
    {
        var which = known.Keys.Skip(random.Next(Math.Max(1, known.Count))).FirstOrDefault();
        switch (random.Next(20))
        {
            case < 8:
                return await Door.AskAsync(client, @event, more: new { seats = random.Next(1, 4) });
            case < 12 when which is not null:
                return await client.TellAsync($"{which}/cancellation", null);
            case < 16:
                var offered = await client.AskAsync($"{@event.Path()}/registrations?status=offered&limit=5");
                if (offered.Status != 200 || offered["items"].GetArrayLength() == 0) return offered;
                return await client.TellAsync($"/v1/registrations/{offered["items"][0].GetProperty("id").GetString()}/acceptance", null);
            case < 17:
                mila.Clock.Advance(TimeSpan.FromHours(3));
                await mila.DrainAsync();
                return null;
            default:
                var now = await client.AskAsync(@event.Path());
                return await client.AmendAsync(@event.Path(), new { capacity = random.Next(4, 16) }, now.Etag);
        }
    }

    private static async Task ShouldAddUpAsync(HttpClient staff, Answer @event)
    {
        var now = (await staff.AskAsync(@event.Path())).Expect(200);
        var capacity = now["capacity"].GetInt32();
        var (taken, held, waiting, fits) = (0, 0, 0, false);
        var free = capacity - now["seatsTaken"].GetInt32() - now["seatsHeld"].GetInt32();
        for (var page = $"{@event.Path()}/registrations?limit=250"; page is not null;)
        {
            var list = (await staff.AskAsync(page)).Expect(200);
            foreach (var r in list["items"].EnumerateArray())
            {
                var seats = r.GetProperty("seats").GetInt32();
                switch (r.GetProperty("status").GetString())
                {
                    case "confirmed": taken += seats; break;
                    case "offered": held += seats; break;
                    case "waitlisted": waiting++; fits |= seats <= free; break;
                }
            }

            page = list["next"].GetString() is { } next ? new Uri(next).PathAndQuery : null;
        }

        (now["seatsTaken"].GetInt32(), now["seatsHeld"].GetInt32(), now["waiting"].GetInt32()).ShouldBe((taken, held, waiting));
        free.ShouldBeGreaterThanOrEqualTo(0);
        fits.ShouldBeFalse("nobody who fits waits beside a free seat");
    }
}
