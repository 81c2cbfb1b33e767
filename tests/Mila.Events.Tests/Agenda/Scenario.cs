using System.Text.Json;
using Mila.Testing.App;

namespace Mila.Events.Tests.Agenda;

/// <summary>The Given of the agenda's tests, built through the API.</summary>
internal static class Scenario
{
    private static int _number;

    /// <summary>A code that no other test of this class uses.</summary>
    public static string NewCode() => $"programme-{Interlocked.Increment(ref _number)}";

    public static async Task<string> ProgrammeAsync(HttpClient staff, string? code = null)
    {
        code ??= NewCode();
        (await staff.TellAsync("/v1/programmes", new { code, label = "Club MILA" })).Expect(201);
        return code;
    }

    /// <summary>An event; without a time it is planned for March 2026.</summary>
    public static async Task<Answer> PlannedAsync(HttpClient staff, string? programme = null, string title = "Rencontre", string? startsAt = null, string? endsAt = null, string? month = "2026-03")
    {
        programme ??= await ProgrammeAsync(staff);
        return (await staff.TellAsync("/v1/events", new { programme, title = new { fr = title }, month = startsAt is null ? month : null, startsAt, endsAt })).Expect(201);
    }

    public static async Task<Answer> PublishedAsync(HttpClient staff, string? programme = null, string title = "Rencontre", string? startsAt = null, string? endsAt = null)
    {
        var planned = await PlannedAsync(staff, programme, title, startsAt, endsAt);
        return (await staff.TellAsync($"{planned.Path()}/publication", null)).Expect(200);
    }

    /// <summary>A network, whose keys there can be.</summary>
    public static async Task<Guid> NetworkAsync(HttpClient staff)
    {
        var code = $"network-{Interlocked.Increment(ref _number)}";
        return (await staff.TellAsync("/v1/partners", new { code, name = code, kind = "network" })).Expect(201)["id"].GetGuid();
    }

    public static Task<Answer> CancelAsync(HttpClient staff, Answer planned) => staff.TellAsync($"{planned.Path()}/cancellation", new { reason = new { fr = "L'intervenante est malade." } });

    public static string Id(this Answer answer) => answer["id"].GetString()!;

    public static string Path(this Answer answer) => $"/v1/events/{answer.Id()}";

    public static IEnumerable<JsonElement> Of(this IEnumerable<JsonElement> notifications, Answer @event) => notifications.Where(n => n.GetProperty("eventId").GetString() == @event.Id());
}
