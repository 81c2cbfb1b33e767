using System.Text.Json;
using System.Text.RegularExpressions;
using Mila.BuildingBlocks.Security;
using Mila.Events.Calls;
using Mila.Events.Tests.Agenda;
using Mila.Testing.App;

namespace Mila.Events.Tests.Calls;

/// <summary>The Given of the calls' tests, built through the API. A call is open from an hour before now for a week.</summary>
internal static partial class Stage
{
    private static int _number;

    public static string NewEmail() => $"artist{Interlocked.Increment(ref _number)}@label.example";

    public static string NewAct() => $"Act {Interlocked.Increment(ref _number)}";

    public static async Task<Dictionary<string, object?>> BodyAsync(TestMila mila, HttpClient staff, int places = 3, bool blind = false, int reviewsNeeded = 1)
    {
        var now = mila.Clock.GetUtcNow();
        return new(StringComparer.Ordinal)
        {
            ["programme"] = await Scenario.ProgrammeAsync(staff),
            ["title"] = new { fr = "MaMAMILA : appel", en = "MaMAMILA: call" },
            ["text"] = new { fr = "**Trois** artistes.", en = "**Three** artists." },
            ["opensAt"] = now.AddHours(-1),
            ["closesAt"] = now.AddDays(7),
            ["places"] = places,
            ["reviewsNeeded"] = reviewsNeeded,
            ["blind"] = blind,
            ["criteria"] = new object[] { new { code = "originality", label = new { fr = "Originalité", en = "Originality" }, weight = 3 }, new { code = "stage", label = new { fr = "Scène", en = "Stage" }, weight = 1 } },
        };
    }

    public static async Task<Answer> DrawnAsync(TestMila mila, HttpClient staff, int places = 3, bool blind = false, int reviewsNeeded = 1) =>
        (await staff.TellAsync("/v1/calls", await BodyAsync(mila, staff, places, blind, reviewsNeeded))).Expect(201);

    public static async Task<Answer> OpenAsync(TestMila mila, HttpClient staff, int places = 3, bool blind = false, int reviewsNeeded = 1)
    {
        var drawn = await DrawnAsync(mila, staff, places, blind, reviewsNeeded);
        return (await staff.TellAsync($"{drawn.CallPath()}/publication", null)).Expect(200);
    }

    public static string CallPath(this Answer call) => $"/v1/calls/{call["id"].GetString()}";

    public static Task<Answer> SendAsync(HttpClient caller, Answer call, string? act = null, string? email = null, object? links = null) => caller.TellAsync(
        $"{call.CallPath()}/submissions", new { act = act ?? NewAct(), name = "Nina Simon", email = email ?? NewEmail(), city = "Paris", text = "Bonjour.\nNous jouons.", links = links ?? new[] { "https://listen.example/a" } });

    public static async Task<Guid> TakenAsync(HttpClient staff, Answer call, string? act = null, string? email = null) => (await SendAsync(staff, call, act, email)).Expect(201)["id"].GetGuid();

    /// <summary>The clock goes beyond the closing, and everybody has heard.</summary>
    public static async Task CloseAsync(TestMila mila)
    {
        mila.Clock.Advance(TimeSpan.FromDays(7));
        await mila.DrainAsync();
    }

    public static async Task<Guid> ReviewerAsync(HttpClient staff, Answer call, string? email = null)
    {
        var answer = (await staff.TellAsync($"{call.CallPath()}/reviewers", new { name = "Jury", email = email ?? NewEmail(), language = "en" })).Expect(200);
        return answer["reviewers"].EnumerateArray().Last().GetProperty("id").GetGuid();
    }

    public static Task<Answer> ScoreAsync(HttpClient staff, Answer call, Guid reviewer, Guid submission, int originality, int stage, string? comment = null) => staff.TellAsync(
        $"{call.CallPath()}/reviews",
        new { reviewerId = reviewer, submissionId = submission, scores = new[] { new { criterion = "originality", value = originality }, new { criterion = "stage", value = stage } }, comment });

    public static Task<Answer> DeclareAsync(HttpClient staff, Answer call, Guid reviewer, Guid submission) =>
        staff.TellAsync($"{call.CallPath()}/conflicts", new { reviewerId = reviewer, submissionId = submission, reason = "A cousin." });

    /// <summary>A closed call with one reviewer and as many submissions as there are scores, each scored so.</summary>
    public static async Task<(Answer Call, IReadOnlyList<Guid> Submissions)> JudgedAsync(TestMila mila, HttpClient staff, int places, params int[] scores)
    {
        var call = await OpenAsync(mila, staff, places);
        var submissions = new List<Guid>();
        foreach (var _ in scores) submissions.Add(await TakenAsync(staff, call));
        var reviewer = await ReviewerAsync(staff, call);
        await CloseAsync(mila);
        for (var i = 0; i < scores.Length; i++) (await ScoreAsync(staff, call, reviewer, submissions[i], scores[i], scores[i])).Expect(200);
        return (call, submissions);
    }

    public static string ReviewerPage(TestMila mila, Answer call, Guid reviewer) => $"/reviews/{CallLink.Seal(Signer(mila), call["id"].GetGuid(), reviewer)}";

    public static string OwnPage(TestMila mila, Guid submission) => $"/submissions/{CallLink.Seal(Signer(mila), submission)}";

    /// <summary>What was written to an address, the oldest first.</summary>
    public static async Task<IReadOnlyList<JsonElement>> MailsAsync(TestMila mila, string email)
    {
        await mila.DrainAsync();
        return await mila.SqlAsync($"select json_agg(data order by data ->> 'createdAt', id)::text from mila.mt_doc_outgoingmail where data ->> 'to' = '{email}'") is string text ? [.. JsonDocument.Parse(text).RootElement.EnumerateArray()] : [];
    }

    public static string Text(this JsonElement mail) => mail.GetProperty("text").GetString()!;

    public static string LinkOf(JsonElement mail) => new Uri(Address().Match(mail.Text()).Value).PathAndQuery;

    public static async Task<Answer> PostAsync(TestMila mila, string path, params (string Name, string Value)[] fields)
    {
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = mila.Address };
        using var answer = await client.PostAsync(path, new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value))));
        return new Answer((int)answer.StatusCode, answer.Headers, answer.Content.Headers, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>What was told of a call by webhook, once everybody has heard everything.</summary>
    public static async Task<IReadOnlyList<string>> ToldAsync(TestMila mila, Answer call, string type)
    {
        await mila.DrainAsync();
        return await mila.SqlAsync($"select array_agg(convert_from(body, 'UTF8') order by seq) from partners.webhook_messages where type = '{type}' and resource = '{call["id"].GetString()}'") as string[] ?? [];
    }

    public static IReadOnlyList<Guid> Ids(this Answer selection, string member) => [.. selection[member].EnumerateArray().Select(e => e.GetProperty("ranked").GetProperty("submissionId").GetGuid())];

    private static LinkSigner Signer(TestMila mila) => (LinkSigner)mila.Services.GetService(typeof(LinkSigner))!;

    [GeneratedRegex(@"http://\S+/(submissions|reviews)/\S+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Address();
}
