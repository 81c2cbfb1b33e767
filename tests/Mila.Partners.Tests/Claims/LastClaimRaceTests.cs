using Mila.Testing.App;

namespace Mila.Partners.Tests.Claims;

/// <summary>Forty members want the last one, through two hosts.</summary>
[Collection(nameof(LocksOff))]
public sealed class LastClaimRaceTests(TestMila mila) : IClassFixture<TestMila>
{
    private const int Wanting = 40;

    [Fact]
    public async Task Forty_want_the_last_of_a_limited_discount_and_one_gets_it()
    {
        var (got, answers) = await RaceAsync(new { partner = "X", offer = "x", limits = new { total = 1 } });

        got.ShouldBe(1);
        foreach (var late in answers.Where(a => a.Status != 201)) late.ShouldRefuse(409, "discount-exhausted");
    }

    [Fact]
    public async Task Forty_want_the_three_codes_of_a_pool_and_each_goes_to_one()
    {
        var (got, answers) = await RaceAsync(new { partner = "X", offer = "x", codes = "perMember" }, "P-1", "P-2", "P-3");

        got.ShouldBe(3);
        Codes(answers).Order().ShouldBe(["P-1", "P-2", "P-3"]);
        foreach (var late in answers.Where(a => a.Status != 201)) late.ShouldRefuse(409, "discount-no-code-left");
    }

    [Fact]
    public async Task One_member_asks_forty_times_and_has_one()
    {
        var member = await mila.MemberAsync();
        var (got, answers) = await RaceAsync(new { partner = "X", offer = "x", limits = new { perMember = 1 } }, member);

        got.ShouldBe(1);
        foreach (var late in answers.Where(a => a.Status != 201)) late.ShouldRefuse(409, "discount-member-limit");
    }

    [Fact]
    public async Task Control_without_the_lock_the_last_one_would_be_given_twice()
    {
        using var control = new WithoutRowLocks();
        var most = 1;
        for (var round = 0; round < 10 && most < 2; round++) (most, _) = await RaceAsync(new { partner = "X", offer = "x", limits = new { total = 1 } });

        most.ShouldBeGreaterThan(1);
    }

    [Fact]
    public async Task Control_without_the_lock_a_code_would_be_given_twice()
    {
        using var control = new WithoutRowLocks();
        var twice = false;
        for (var round = 0; round < 10 && !twice; round++)
        {
            var (_, answers) = await RaceAsync(new { partner = "X", offer = "x", codes = "perMember" }, "P-1", "P-2", "P-3");
            twice = Codes(answers).GroupBy(c => c).Any(g => g.Count() > 1);
        }

        twice.ShouldBeTrue();
    }

    private Task<(int Got, Answer[] Answers)> RaceAsync(object discount, params string[] codes) => RaceAsync(discount, null, codes);

    private async Task<(int Got, Answer[] Answers)> RaceAsync(object discount, Guid? member, params string[] codes)
    {
        using var here = mila.Admin();
        using var there = mila.Admin();
        var (other, anonymous) = await mila.StartAnotherAsync();
        await using (other)
        {
            there.BaseAddress = anonymous.BaseAddress;
            var path = $"/v1/discounts/{(await here.MakeAsync("/v1/discounts", discount)).Id()}";
            if (codes.Length > 0) (await here.TellAsync($"{path}/codes", new { codes })).Expect(200);
            var company = member ?? await mila.MemberAsync();
            var answers = await Task.WhenAll(Enumerable.Range(0, Wanting).Select(i => (i % 2 == 0 ? here : there).TellAsync($"{path}/claims", new { memberId = company })));
            return (answers.Count(a => a.Status == 201), answers);
        }
    }

    private static IEnumerable<string> Codes(IEnumerable<Answer> answers) => answers.Where(a => a.Status == 201).Select(a => a["code"].GetString()!);
}
