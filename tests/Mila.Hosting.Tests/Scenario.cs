using System.Text.Json;
using Mila.Testing.App;

namespace Mila.Hosting.Tests;

/// <summary>Spaces, members and leases, as the staff makes them.</summary>
internal static class Scenario
{
    private static int _number;

    /// <summary>A member that Hosting has heard of.</summary>
    public static async Task<string> MemberAsync(TestMila mila, HttpClient admin)
    {
        var member = (await admin.TellAsync("/v1/members", new { name = $"Compagnie {Interlocked.Increment(ref _number)}" })).Expect(201)["id"].GetString()!;
        (await admin.TellAsync($"/v1/members/{member}/admission", null)).Expect(200);
        await mila.DrainAsync();
        return member;
    }

    /// <summary>The code of a new space.</summary>
    public static async Task<string> SpaceAsync(HttpClient admin, string kind = "office") =>
        (await admin.TellAsync("/v1/spaces", new { code = $"T-{Interlocked.Increment(ref _number)}", site = "pepiniere", kind })).Expect(201)["code"].GetString()!;

    public static Task<Answer> SignAsync(HttpClient admin, string memberId, string spaceCode, string startsOn, string endsOn) =>
        admin.TellAsync("/v1/leases", new { memberId, spaceCode, startsOn, endsOn });

    /// <summary>A lease of a new member on a new space.</summary>
    public static async Task<Answer> LeaseAsync(TestMila mila, HttpClient admin, string startsOn, string endsOn, string kind = "office") =>
        (await SignAsync(admin, await MemberAsync(mila, admin), await SpaceAsync(admin, kind), startsOn, endsOn)).Expect(201);

    /// <summary>Where a lease is.</summary>
    public static string Path(this Answer lease) => $"/v1/leases/{lease["id"].GetString()}";

    /// <summary>What was told of this lease.</summary>
    public static async Task<IReadOnlyList<JsonElement>> ToldAsync(this TestMila mila, string notification, Answer lease) =>
        [.. (await mila.PublishedAsync($"Hosting.{notification}")).Where(n => n.GetProperty("leaseId").GetString() == lease["id"].GetString())];

    /// <summary>It is now this instant, and everything that is due has been done.</summary>
    public static async Task AtAsync(this TestMila mila, string instant)
    {
        mila.Clock.SetUtcNow(DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture));
        await mila.DrainAsync();
    }

    public static async Task<string?> StatusAsync(HttpClient admin, Answer lease) => (await admin.AskAsync(lease.Path())).Expect(200)["status"].GetString();
}
