using Mila.Testing.App;

namespace Mila.Hosting.Tests.Leases;

public sealed class LeaseRaceTests(TestMila mila) : IClassFixture<TestMila>
{
    private const int Claims = 50;
    private static readonly DateOnly First = new(2003, 1, 1);

    [Fact]
    public async Task Fifty_members_want_one_office_and_one_gets_it()
    {
        using var admin = mila.Admin();
        var members = await MembersAsync(admin, Claims);
        var answers = await OneOfficeAsync(admin, members);

        answers.Count(a => a.Status == 201).ShouldBe(1);
        foreach (var late in answers.Where(a => a.Status != 201)) late.ShouldRefuse(409, "lease-overlaps");
    }

    [Fact]
    public async Task One_member_wants_fifty_stays_of_19_months_and_gets_one()
    {
        using var admin = mila.Admin();
        var answers = await OneMemberAsync(admin, (await MembersAsync(admin, 1))[0]);

        answers.Count(a => a.Status == 201).ShouldBe(1);
        foreach (var late in answers.Where(a => a.Status != 201)) late.ShouldRefuse(409, "lease-term-exceeded");
    }

    [Fact]
    public async Task Control_without_the_lock_an_office_would_be_leased_twice()
    {
        using var admin = mila.Admin();
        var members = await MembersAsync(admin, Claims);
        using var control = new WithoutRowLocks();
        var most = 1;
        for (var round = 0; round < 30 && most < 2; round++) most = (await OneOfficeAsync(admin, members)).Count(a => a.Status == 201);

        most.ShouldBeGreaterThan(1);
    }

    [Fact]
    public async Task Control_without_the_lock_a_member_would_stay_too_long()
    {
        using var admin = mila.Admin();
        var most = 1;
        for (var round = 0; round < 30 && most < 2; round++)
        {
            var member = (await MembersAsync(admin, 1))[0];
            using var control = new WithoutRowLocks();
            most = (await OneMemberAsync(admin, member)).Count(a => a.Status == 201);
        }

        most.ShouldBeGreaterThan(1);
    }

    private static async Task<Answer[]> OneOfficeAsync(HttpClient admin, string[] members)
    {
        var office = await Scenario.SpaceAsync(admin, "shop");
        return await Task.WhenAll(members.Select((m, i) => Scenario.SignAsync(admin, m, office, $"2026-04-{1 + (i % 20):00}", "2026-12-31")));
    }

    /// <summary>Terms of 19 months with gaps of 4 between them, so that any two of them are more than 36 months.</summary>
    private static async Task<Answer[]> OneMemberAsync(HttpClient admin, string member)
    {
        var offices = await Task.WhenAll(Enumerable.Range(0, Claims).Select(_ => Scenario.SpaceAsync(admin)));
        return await Task.WhenAll(offices.Select((o, i) => Scenario.SignAsync(admin, member, o, $"{First.AddMonths(23 * i):O}", $"{First.AddMonths((23 * i) + 19).AddDays(-1):O}")));
    }

    private async Task<string[]> MembersAsync(HttpClient admin, int count)
    {
        var members = await Task.WhenAll(Enumerable.Range(0, count).Select(async i => (await admin.TellAsync("/v1/members", new { name = $"Concurrente {Guid.CreateVersion7()}" })).Expect(201)["id"].GetString()!));
        await Task.WhenAll(members.Select(async m => (await admin.TellAsync($"/v1/members/{m}/admission", null)).Expect(200)));
        await mila.DrainAsync();
        return members;
    }
}
