using Marten;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Mila.Events.Contracts;
using Mila.Hosting.Rooms;
using Mila.Testing.App;

namespace Mila.Hosting.Tests.Rooms;

public sealed class RoomsTests(TestMila mila) : IClassFixture<TestMila>
{
    private const int Claims = 50;
    private static readonly DateTimeOffset Evening = new(2026, 5, 4, 17, 0, 0, TimeSpan.Zero);
    private static int _number;

    [Fact]
    public async Task Fifty_events_want_one_room_and_one_gets_it()
    {
        var room = await RoomAsync();
        (await AllAtOnceAsync(room)).ShouldBe(1);
        (await HoldsAsync(room)).Count(h => h.Status is HoldStatus.Refused && h.Refusal == "space-taken").ShouldBe(Claims - 1);
    }

    [Fact]
    public async Task Control_without_the_lock_a_room_would_be_given_twice()
    {
        using var control = new WithoutRowLocks();
        var most = 1;
        for (var round = 0; round < 30 && most < 2; round++) most = await AllAtOnceAsync(await RoomAsync());
        most.ShouldBeGreaterThan(1);
    }

    [Fact]
    public async Task However_requests_and_releases_cross_no_two_have_a_room_at_once_and_nobody_waits_beside_a_free_one()
    {
        var rooms = new[] { await RoomAsync(), await RoomAsync(), await RoomAsync() };
        var events = Enumerable.Range(0, 24).Select(_ => Guid.CreateVersion7(Evening)).ToArray();
        var seed = 20260504u;
        for (var round = 0; round < 12; round++)
        {
            var moment = mila.Clock.GetUtcNow();
            var asked = events.Select((e, i) => (Event: e, Wish: Draw(ref seed), Order: round + 1, Id: i)).ToArray();
            await Task.WhenAll(asked.Select(a => SayAsync(a.Wish % 5 == 0
                ? new RoomReleased(a.Event, rooms[0], a.Order, moment)
                : new RoomRequested(a.Event, rooms[a.Wish % 3], Evening.AddHours(a.Wish % 7), Evening.AddHours((a.Wish % 7) + 1 + (a.Wish % 2)), a.Order, moment.AddSeconds(a.Id)))));
            await mila.DrainAsync();

            foreach (var room in rooms)
            {
                var holds = await HoldsAsync(room);
                var had = holds.Where(h => h.IsConfirmed).ToArray();
                had.ShouldAllBe(h => !had.Any(o => o.Id != h.Id && o.Overlaps(h)), $"round {round}");
                holds.Where(h => h.Status is HoldStatus.Refused).ShouldAllBe(h => had.Any(o => o.Overlaps(h)), $"round {round}");
                holds.ShouldAllBe(h => h.Status != HoldStatus.Asked);
            }
        }
    }

    [Fact]
    public async Task What_is_heard_twice_or_late_changes_nothing()
    {
        var room = await RoomAsync();
        var (id, at) = (Guid.CreateVersion7(Evening), mila.Clock.GetUtcNow());
        var first = new RoomRequested(id, room, Evening, Evening.AddHours(2), 1, at);
        await SayAsync(first);
        await SayAsync(first);
        (await ToldAsync(id)).ShouldBe(["Confirmed 1 1"]);

        await SayAsync(new RoomRequested(id, room, Evening.AddDays(7), Evening.AddDays(7).AddHours(2), 3, at));
        await SayAsync(new RoomRequested(id, room, Evening.AddDays(1), Evening.AddDays(1).AddHours(2), 2, at));
        (await HoldsAsync(room)).ShouldHaveSingleItem().StartsAt.ShouldBe(Evening.AddDays(7));
        await SayAsync(new RoomReleased(id, room, 2, at));
        (await HoldsAsync(room)).ShouldHaveSingleItem().IsConfirmed.ShouldBeTrue();

        // A release that overtook its request leaves nothing behind.
        await SayAsync(new RoomReleased(id, room, 5, at));
        await SayAsync(new RoomRequested(id, room, Evening, Evening.AddHours(2), 4, at));
        (await HoldsAsync(room)).ShouldHaveSingleItem().Status.ShouldBe(HoldStatus.Released);
        (await ToldAsync(id)).ShouldBe(["Confirmed 1 1", "Confirmed 3 2"]);
    }

    [Fact]
    public async Task A_room_that_becomes_free_goes_to_those_who_asked_first_as_far_as_it_reaches_and_not_to_what_is_over()
    {
        var room = await RoomAsync();
        var at = mila.Clock.GetUtcNow();
        var ids = Enumerable.Range(0, 6).Select(i => Guid.CreateVersion7(Evening.AddMinutes(i))).ToArray();
        await SayAsync(new RoomRequested(ids[0], room, Evening, Evening.AddHours(4), 1, at));
        await SayAsync(new RoomRequested(ids[1], room, Evening.AddHours(1), Evening.AddHours(3), 1, at.AddSeconds(3)));
        await SayAsync(new RoomRequested(ids[2], room, Evening.AddHours(2), Evening.AddHours(4), 1, at.AddSeconds(2)));
        await SayAsync(new RoomRequested(ids[3], room, Evening, Evening.AddHours(2), 1, at.AddSeconds(4)));
        await SayAsync(new RoomRequested(ids[4], room, at.AddHours(-3), at.AddHours(-1), 1, at));
        await SayAsync(new RoomRequested(ids[5], room, at.AddHours(-2), at, 1, at));
        (await HoldsAsync(room)).Single(h => h.Id == ids[5]).Status.ShouldBe(HoldStatus.Refused);

        await SayAsync(new RoomReleased(ids[0], room, 2, at));
        await SayAsync(new RoomReleased(ids[4], room, 2, at));
        await mila.DrainAsync();
        var holds = (await HoldsAsync(room)).ToDictionary(h => h.Id);
        ids.Select(i => holds[i].Status).ShouldBe([HoldStatus.Released, HoldStatus.Refused, HoldStatus.Confirmed, HoldStatus.Confirmed, HoldStatus.Released, HoldStatus.Refused]);
        (holds[ids[2]].Revision, holds[ids[1]].Revision).ShouldBe((2, 1), "Who is refused for the same reason as before is not told again.");
    }

    private static int Draw(ref uint seed)
    {
        // Numerical Recipes' generator: the same crossing in every run.
        seed = unchecked((seed * 1664525u) + 1013904223u);
        return (int)(seed >> 16);
    }

    private async Task<string> RoomAsync()
    {
        using var admin = mila.Admin();
        return (await admin.TellAsync("/v1/spaces", new { code = $"SALLE-{Interlocked.Increment(ref _number)}", site = "pepiniere", kind = "meetingRoom", bookable = true })).Expect(201)["code"].GetString()!;
    }

    /// <summary>How many of them get it.</summary>
    private async Task<int> AllAtOnceAsync(string room)
    {
        await Task.WhenAll(Enumerable.Range(0, Claims).Select(i => SayAsync(new RoomRequested(Guid.CreateVersion7(Evening.AddSeconds(i)), room, Evening.AddMinutes(i), Evening.AddHours(2), 1, Evening))));
        return (await HoldsAsync(room)).Count(h => h.IsConfirmed);
    }

    /// <summary>The handler hears this in a transaction of its own, as hosts beside each other would.</summary>
    private async Task SayAsync(INotification notification)
    {
        await using var session = mila.Services.GetRequiredService<IDocumentStore>().LightweightSession();
        var handler = new WhenARoomIsAskedFor(session, mila.Clock);
        await (notification is RoomRequested requested ? handler.Handle(requested, default) : handler.Handle((RoomReleased)notification, default));
        await session.SaveChangesAsync();
    }

    private async Task<IReadOnlyList<RoomHold>> HoldsAsync(string room)
    {
        await using var session = mila.Services.GetRequiredService<IDocumentStore>().QuerySession();
        return await session.Query<RoomHold>().Where(h => h.SpaceCode == room).ToListAsync();
    }

    private async Task<string[]> ToldAsync(Guid eventId)
    {
        var (yes, no) = (await mila.PublishedAsync("Hosting.RoomConfirmed"), await mila.PublishedAsync("Hosting.RoomRefused"));
        return [.. yes.Select(n => ("Confirmed", n)).Concat(no.Select(n => ("Refused", n))).Where(t => t.n.GetProperty("eventId").GetGuid() == eventId)
            .OrderBy(t => t.n.GetProperty("revision").GetInt32()).Select(t => $"{t.Item1} {t.n.GetProperty("request").GetInt32()} {t.n.GetProperty("revision").GetInt32()}")];
    }
}
