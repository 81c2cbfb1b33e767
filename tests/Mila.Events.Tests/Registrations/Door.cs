using System.Text.Json;
using Mila.Events.Tests.Agenda;
using Mila.Testing.App;

namespace Mila.Events.Tests.Registrations;

/// <summary>The Given of the registrations' tests, built through the API.</summary>
internal static class Door
{
    private static int _number;

    /// <summary>A published event on Monday 16 March 2026, 19:00 to 21:00 in Paris; the clock of tests stands at Monday 9 March, 19:00.</summary>
    public static async Task<Answer> OpenAsync(
        HttpClient staff, int? capacity = null, string audience = "public", int? seatsPerOrganisation = null, string startsAt = "2026-03-16T18:00:00Z", string endsAt = "2026-03-16T20:00:00Z",
        object? venue = null)
    {
        var programme = await Scenario.ProgrammeAsync(staff);
        var planned = (await staff.TellAsync("/v1/events", new { programme, title = new { fr = "Club MILA", en = "MILA Club" }, startsAt, endsAt, audience, capacity, seatsPerOrganisation, venue })).Expect(201);
        return (await staff.TellAsync($"{planned.Path()}/publication", null)).Expect(200);
    }

    public static string NewEmail() => $"person{Interlocked.Increment(ref _number)}@label.example";

    public static Task<Answer> AskAsync(HttpClient caller, Answer @event, string? email = null, object? more = null) => AskAsync(caller, @event.Path(), email, more);

    public static Task<Answer> AskAsync(HttpClient caller, string path, string? email = null, object? more = null)
    {
        var body = new Dictionary<string, object?>(StringComparer.Ordinal) { ["name"] = "Nina Simon", ["email"] = email ?? NewEmail() };
        foreach (var property in more?.GetType().GetProperties() ?? []) body[property.Name] = property.GetValue(more);
        return caller.TellAsync($"{path}/registrations", body);
    }

    /// <summary>Registers and says what became of it.</summary>
    public static async Task<Answer> RegisteredAsync(HttpClient staff, Answer @event, string status = "confirmed", string? email = null, object? more = null)
    {
        var answer = (await AskAsync(staff, @event, email, more)).Expect(201);
        answer["status"].GetString().ShouldBe(status);
        return answer;
    }

    public static string Registration(this Answer answer) => $"/v1/registrations/{answer["id"].GetString()}";

    public static async Task<string> StatusAsync(HttpClient staff, Answer registration) => (await staff.AskAsync(registration.Registration())).Expect(200)["status"].GetString()!;

    /// <summary>Seats taken, held and, with a capacity, free.</summary>
    public static async Task<(int Taken, int Held, int Waiting)> SeatsAsync(HttpClient staff, Answer @event)
    {
        var now = (await staff.AskAsync(@event.Path())).Expect(200);
        return (now["seatsTaken"].GetInt32(), now["seatsHeld"].GetInt32(), now["waiting"].GetInt32());
    }

    public static async Task<IReadOnlyList<JsonElement>> DecisionsAsync(HttpClient staff, Answer registration) =>
        [.. (await staff.AskAsync($"{registration.Registration()}/decisions")).Expect(200)["items"].EnumerateArray()];

    public static async Task<Answer> ChangeAsync(HttpClient staff, Answer @event, object changes) =>
        (await staff.AmendAsync(@event.Path(), changes, (await staff.AskAsync(@event.Path())).Etag)).Expect(200);
}
