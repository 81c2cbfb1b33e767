using Mila.Events.Tests.Agenda;
using Mila.Testing.App;

namespace Mila.Events.Tests.Registrations;

/// <summary>
/// Two hundred want the last seat, through two hosts. <c>MILA_LONG_RACES=1</c> runs a hundred rounds of it and the long churn instead of the few of every day.
/// </summary>
public sealed class LastSeatRaceTests(TestMila mila) : IClassFixture<TestMila>
{
    private const int Wanting = 200;

    internal static bool IsLong => Environment.GetEnvironmentVariable("MILA_LONG_RACES") == "1";

    [Fact]
    public async Task Two_hundred_want_the_last_seat_and_one_gets_it()
    {
        using var admin = mila.Admin();
        var (other, _) = await mila.StartAnotherAsync();
        await using (other)
        {
            for (var round = 0; round < (IsLong ? 100 : 3); round++)
            {
                var @event = await Door.OpenAsync(admin, capacity: 1);
                var answers = await RaceAsync(@event, withKeys: round % 2 == 1, other);

                answers.Where(a => a.Status != 201).Select(a => a.Text).ShouldBeEmpty();
                answers.Count(a => a["status"].GetString() == "confirmed").ShouldBe(1);
                answers.Count(a => a["status"].GetString() == "waitlisted").ShouldBe(Wanting - 1);
                answers.Where(a => a["status"].GetString() == "waitlisted").Select(a => a["position"].GetInt32()).Order().ShouldBe(Enumerable.Range(1, Wanting - 1));
                (await Door.SeatsAsync(admin, @event)).ShouldBe((1, 0, Wanting - 1));
            }
        }
    }

    [Fact]
    public async Task One_person_asks_two_hundred_times_and_has_one_registration()
    {
        using var admin = mila.Admin();
        var (other, _) = await mila.StartAnotherAsync();
        await using (other)
        {
            var (@event, email) = (await Door.OpenAsync(admin), Door.NewEmail());
            var answers = await RaceAsync(@event, withKeys: false, other, email);

            answers.Count(a => a.Status == 201).ShouldBe(1);
            foreach (var late in answers.Where(a => a.Status != 201)) late.ShouldRefuse(409, "already-registered");
        }
    }

    [Fact]
    public async Task Control_without_the_lock_the_last_seat_would_be_given_twice()
    {
        using var admin = mila.Admin();
        var (other, _) = await mila.StartAnotherAsync();
        await using (other)
        {
            using var control = new WithoutRowLocks();
            var most = 1;
            for (var round = 0; round < 10 && most < 2; round++)
            {
                var answers = await RaceAsync(await Door.OpenAsync(admin, capacity: 1), withKeys: false, other);
                most = answers.Count(a => a.Status == 201 && a["status"].GetString() == "confirmed");
            }

            most.ShouldBeGreaterThan(1);
        }
    }

    private async Task<Answer[]> RaceAsync(Answer @event, bool withKeys, IAsyncDisposable other, string? email = null)
    {
        using var here = mila.Admin();
        using var there = mila.Admin();
        there.BaseAddress = ((Microsoft.AspNetCore.Builder.WebApplication)other).Urls.Select(u => new Uri($"http://127.0.0.1:{new Uri(u.Replace("[::]", "localhost", StringComparison.Ordinal)).Port}")).First();
        return await Task.WhenAll(Enumerable.Range(0, Wanting).Select(i => (i % 2 == 0 ? here : there).TellAsync(
            $"{@event.Path()}/registrations", new { name = "Nina", email = email ?? Door.NewEmail() }, withKeys ? [("Idempotency-Key", $"race-{Door.NewEmail()}")] : [])));
    }
}
