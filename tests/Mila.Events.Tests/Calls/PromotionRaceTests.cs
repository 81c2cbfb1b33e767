using Mila.Testing.App;

namespace Mila.Events.Tests.Calls;

/// <summary>All who are selected withdraw at once, through two hosts: each place goes to one reserve, in their order. <c>MILA_LONG_RACES=1</c> runs many rounds.</summary>
public sealed class PromotionRaceTests(TestMila mila) : IClassFixture<TestMila>
{
    private const int Places = 4;

    [Fact]
    public async Task Each_place_goes_to_the_next_reserve()
    {
        using var admin = mila.Admin();
        var (other, there) = await mila.StartAnotherAsync();
        await using (other)
        {
            for (var round = 0; round < (Registrations.LastSeatRaceTests.IsLong ? 100 : 3); round++)
            {
                var (call, sent) = await SelectedAsync(admin);
                var answers = await RaceAsync(admin, there, sent);
                answers.ShouldAllBe(a => a.Status == 200);

                var now = (await admin.AskAsync($"{call.CallPath()}/selection")).Expect(200);
                now.Ids("selected").ShouldBe(sent.Skip(Places).Take(Places));
                now.Ids("reserves").ShouldBe(sent.Skip(2 * Places));
                now["decisions"].EnumerateArray().Count(d => d.GetProperty("rule").GetString() == "promoted").ShouldBe(Places);
            }
        }
    }

    [Fact]
    public async Task Control_without_the_lock_a_withdrawal_would_be_lost()
    {
        using var admin = mila.Admin();
        var (other, there) = await mila.StartAnotherAsync();
        await using (other)
        {
            var isLost = false;
            for (var round = 0; round < 20 && !isLost; round++)
            {
                var (call, sent) = await SelectedAsync(admin);
                using (new WithoutRowLocks()) await RaceAsync(admin, there, sent);
                isLost = (await admin.AskAsync($"{call.CallPath()}/selection")).Expect(200).Ids("selected").Intersect(sent.Take(Places)).Any();
            }

            isLost.ShouldBeTrue();
        }
    }

    private async Task<(Answer Call, IReadOnlyList<Guid> Submissions)> SelectedAsync(HttpClient admin)
    {
        var (call, sent) = await Stage.JudgedAsync(mila, admin, Places, [.. Enumerable.Repeat(5, Places), .. Enumerable.Repeat(4, Places), 3]);
        (await admin.TellAsync($"{call.CallPath()}/selection", new { reserves = 100, ties = new[] { new { order = sent.Skip(Places).Take(Places), reason = "In the order of arrival" } } })).Expect(200);
        return (call, sent);
    }

    private async Task<Answer[]> RaceAsync(HttpClient admin, HttpClient there, IReadOnlyList<Guid> sent)
    {
        there.DefaultRequestHeaders.Authorization = new("Bearer", mila.AdminKey);
        return await Task.WhenAll(sent.Take(Places).Select((id, i) => (i % 2 == 0 ? admin : there).TellAsync($"/v1/submissions/{id}/withdrawal", null)));
    }
}
