using Mila.Testing.App;

namespace Mila.Membership.Tests.Members;

/// <summary>Companies, as the staff makes members of them.</summary>
internal static class Scenario
{
    private static int _companies;

    public static async Task<Answer> CandidateAsync(HttpClient admin, string? name = null, object? said = null) =>
        (await admin.TellAsync("/v1/members", said ?? new { name = name ?? $"Compagnie {Interlocked.Increment(ref _companies)}" })).Expect(201);

    public static async Task<Answer> ActiveAsync(HttpClient admin, string? name = null, object? said = null)
    {
        var candidate = await CandidateAsync(admin, name, said);
        return (await admin.TellAsync($"{candidate.Path()}/admission", null)).Expect(200);
    }

    public static async Task<Answer> SuspendedAsync(HttpClient admin, string? name = null) => (await admin.TellAsync($"{(await ActiveAsync(admin, name)).Path()}/suspension", null)).Expect(200);

    public static async Task<Answer> GoneAsync(HttpClient admin) => (await admin.TellAsync($"{(await ActiveAsync(admin)).Path()}/departure", null)).Expect(200);

    /// <summary>Where a member is.</summary>
    public static string Path(this Answer member) => $"/v1/members/{member["id"].GetString()}";

    /// <summary>What was told of this member.</summary>
    public static async Task<IReadOnlyList<System.Text.Json.JsonElement>> ToldAsync(this TestMila mila, string notification, Answer member) =>
        [.. (await mila.PublishedAsync($"Membership.{notification}")).Where(n => n.GetProperty("memberId").GetString() == member["id"].GetString())];
}
