using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Marten;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Mila.BuildingBlocks.Outbox;
using Mila.Testing.App;
using Mila.Testing.Postgres;

namespace Mila.Host.Tests.Outbox;

/// <summary>What staff do with notifications that a handler gave up.</summary>
public sealed class DeadLettersTests(DeadLettersTests.MilaWithARefusal mila) : IClassFixture<DeadLettersTests.MilaWithARefusal>
{
    private const string Path = "/v1/dead-letters";

    [Fact]
    public async Task A_dead_letter_shows_who_refused_what_and_why()
    {
        using var admin = mila.Admin();
        var actor = await ParkAsync(refused: 1);

        var letter = (await ItemsAsync(admin)).Single(l => IsOf(l, actor));
        using var answer = await admin.GetAsync($"{Path}/{letter.GetProperty("id").GetGuid()}");

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Headers.ETag.ShouldNotBeNull().IsWeak.ShouldBeFalse();
        var read = await answer.Content.ReadFromJsonAsync<JsonElement>();
        read.GetRawText().ShouldBe(letter.GetRawText());
        read.GetProperty("subscriber").GetString().ShouldBe("Host.WhenRefused");
        read.GetProperty("type").GetString().ShouldBe("Host.Refused");
        read.GetProperty("body").GetProperty("actor").GetGuid().ShouldBe(actor);
        read.GetProperty("attempts").GetInt32().ShouldBe(7);
        read.GetProperty("error").GetString().ShouldBe("InvalidOperationException: Not today.");
        read.GetProperty("publishedAt").GetDateTimeOffset().ShouldBeLessThan(read.GetProperty("parkedAt").GetDateTimeOffset());
        read.GetProperty("parkedAt").GetDateTimeOffset().ShouldBe(mila.Clock.GetUtcNow());
    }

    [Fact]
    public async Task A_replayed_dead_letter_goes_to_its_handler_again_with_all_its_tries()
    {
        using var admin = mila.Admin();
        var actor = await ParkAsync(refused: 1);
        var id = (await ItemsAsync(admin)).Single(l => IsOf(l, actor)).GetProperty("id").GetGuid();
        mila.Refusal.Refuses = false;

        using var replayed = await admin.PostAsync($"{Path}/{id}/replay", null);
        replayed.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        (await admin.GetAsync($"{Path}/{id}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        await mila.DrainAsync();

        mila.Refusal.Handled.ShouldContain(actor);
        using var again = await admin.PostAsync($"{Path}/{id}/replay", null);
        (await CodeAsync(again)).ShouldBe("dead-letter-unknown");
    }

    [Fact]
    public async Task A_replayed_dead_letter_that_fails_again_is_parked_again_under_another_tag()
    {
        using var admin = mila.Admin();
        var actor = await ParkAsync(refused: 1);
        var id = (await ItemsAsync(admin)).Single(l => IsOf(l, actor)).GetProperty("id").GetGuid();
        using var first = await admin.GetAsync($"{Path}/{id}");
        (await admin.PostAsync($"{Path}/{id}/replay", null)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        await FailToTheLastTryAsync();

        using var second = await admin.GetAsync($"{Path}/{id}");
        second.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await second.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("attempts").GetInt32().ShouldBe(7);
        second.Headers.ETag.ShouldNotBe(first.Headers.ETag);
    }

    [Fact]
    public async Task Dead_letters_of_one_aggregate_that_are_replayed_together_come_in_the_order_of_their_commits()
    {
        using var admin = mila.Admin();
        var actor = await ParkAsync(refused: 3);
        var letters = (await ItemsAsync(admin)).Where(l => IsOf(l, actor)).ToArray();
        mila.Refusal.Refuses = false;

        foreach (var letter in letters.Reverse()) (await admin.PostAsync($"{Path}/{IdOf(letter)}/replay", null)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        await mila.DrainAsync();

        mila.Refusal.Numbers[actor].ShouldBe([0, 1, 2]);
    }

    [Fact]
    public async Task A_discarded_dead_letter_is_gone_for_good()
    {
        using var admin = mila.Admin();
        var actor = await ParkAsync(refused: 1);
        var id = (await ItemsAsync(admin)).Single(l => IsOf(l, actor)).GetProperty("id").GetGuid();
        using var read = await admin.GetAsync($"{Path}/{id}");

        using var untagged = await admin.DeleteAsync($"{Path}/{id}");
        untagged.StatusCode.ShouldBe(HttpStatusCode.PreconditionRequired);
        using var stale = await DeleteAsync(admin, id, "\"AAAAAAAAAAAAAAAAAAAAAA\"");
        stale.StatusCode.ShouldBe(HttpStatusCode.PreconditionFailed);
        stale.Headers.ETag.ShouldBe(read.Headers.ETag);
        using var discarded = await DeleteAsync(admin, id, read.Headers.ETag!.Tag);
        discarded.StatusCode.ShouldBe(HttpStatusCode.NoContent);

        mila.Refusal.Refuses = false;
        await mila.DrainAsync();
        mila.Refusal.Handled.ShouldNotContain(actor);
        (await admin.GetAsync($"{Path}/{id}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_list_is_paged_sorted_and_filtered()
    {
        using var admin = mila.Admin();
        var actor = await ParkAsync(refused: 5);

        var oldestFirst = (await ItemsAsync(admin)).Select(IdOf).ToArray();
        oldestFirst.Length.ShouldBeGreaterThanOrEqualTo(5);
        oldestFirst.ShouldBeUnique();
        (await ItemsAsync(admin, "?sort=-parkedAt")).Select(IdOf).ShouldBe(oldestFirst.Reverse());

        var paged = new List<Guid>();
        for (var next = $"{Path}?limit=2&sort=-parkedAt"; next is not null;)
        {
            var page = await admin.GetFromJsonAsync<JsonElement>(next);
            paged.AddRange(page.GetProperty("items").EnumerateArray().Select(IdOf));
            next = page.GetProperty("next").GetString();
        }

        paged.ShouldBe(oldestFirst.Reverse());
        (await ItemsAsync(admin, "?subscriber=Host.WhenRefused&type=Host.Refused")).Count(l => IsOf(l, actor)).ShouldBe(5);
        (await ItemsAsync(admin, "?subscriber=Host.WhenSomethingElse")).ShouldBeEmpty();
        (await ItemsAsync(admin, "?type=Host.SomethingElse")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("?limit=0")]
    [InlineData("?limit=251")]
    [InlineData("?sort=id")]
    [InlineData("?body=x")]
    [InlineData("?after=eA")]
    [InlineData("?type=a&type=b")]
    public async Task A_query_that_the_list_does_not_know_is_refused(string query)
    {
        using var admin = mila.Admin();
        using var answer = await admin.GetAsync(Path + query);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await CodeAsync(answer)).ShouldBe("list-query-malformed");
    }

    [Fact]
    public async Task A_cursor_of_another_filter_is_refused()
    {
        using var admin = mila.Admin();
        await ParkAsync(refused: 2);
        var next = (await admin.GetFromJsonAsync<JsonElement>($"{Path}?limit=1")).GetProperty("next").GetString()!;
        using var answer = await admin.GetAsync(next + "&type=Host.Refused");
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task An_unknown_dead_letter_is_not_found()
    {
        using var admin = mila.Admin();
        var unknown = $"{Path}/{Guid.CreateVersion7()}";
        foreach (var answer in new[] { await admin.GetAsync(unknown), await admin.PostAsync($"{unknown}/replay", null), await DeleteAsync(admin, Guid.CreateVersion7(), "*") })
        {
            answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
            (await CodeAsync(answer)).ShouldBe("dead-letter-unknown");
        }
    }

    [Fact]
    public async Task Dead_letters_are_for_administrators()
    {
        using var anonymous = mila.Anonymous();
        using var staff = await mila.KeyAsync(null, "events:read", "events:write");
        (await anonymous.GetAsync(Path)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await staff.GetAsync(Path)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await staff.PostAsync($"{Path}/{Guid.CreateVersion7()}/replay", null)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await DeleteAsync(staff, Guid.CreateVersion7(), "*")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    private static Guid IdOf(JsonElement letter) => letter.GetProperty("id").GetGuid();

    private static bool IsOf(JsonElement letter, Guid actor) => letter.GetProperty("body").GetProperty("actor").GetGuid() == actor;

    private static async Task<JsonElement[]> ItemsAsync(HttpClient client, string query = "") =>
        [.. (await client.GetFromJsonAsync<JsonElement>(Path + query)).GetProperty("items").EnumerateArray()];

    private static async Task<string?> CodeAsync(HttpResponseMessage answer) => (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString();

    private static async Task<HttpResponseMessage> DeleteAsync(HttpClient client, Guid id, string tag)
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, $"{Path}/{id}");
        request.Headers.TryAddWithoutValidation("If-Match", tag);
        return await client.SendAsync(request);
    }

    private async Task<Guid> ParkAsync(int refused)
    {
        mila.Refusal.Refuses = true;
        var actor = Guid.CreateVersion7();
        await using (var scope = mila.Services.CreateAsyncScope())
        {
            var session = scope.ServiceProvider.GetRequiredService<IDocumentSession>();
            for (var i = 0; i < refused; i++) session.Publish(new Refused(actor, i));
            await session.SaveChangesAsync();
        }

        for (var i = 0; i < refused; i++) await FailToTheLastTryAsync();
        return actor;
    }

    private async Task FailToTheLastTryAsync()
    {
        await mila.DrainAsync();
        for (var retry = 0; retry < new OutboxOptions().Pauses.Count; retry++)
        {
            mila.Clock.Advance(TimeSpan.FromHours(1));
            await mila.DrainAsync();
        }
    }

    /// <summary>The application, with one handler that refuses while it is told to.</summary>
    public sealed class MilaWithARefusal(TestPostgres postgres) : TestMila(postgres)
    {
        internal Refusal Refusal { get; } = new();

        protected override void Customise(WebApplicationBuilder builder)
        {
            builder.Services.AddSingleton(Refusal);
            builder.Services.AddScoped<INotificationHandler<Refused>, WhenRefused>();
        }
    }
}

internal sealed record Refused(Guid Actor, int Number) : INotification;

internal sealed class Refusal
{
    public bool Refuses { get; set; }

    public List<Guid> Handled { get; } = [];

    public Dictionary<Guid, List<int>> Numbers { get; } = [];
}

internal sealed class WhenRefused(Refusal refusal) : INotificationHandler<Refused>
{
    public Task Handle(Refused notification, CancellationToken cancellationToken)
    {
        if (refusal.Refuses) throw new InvalidOperationException("Not today.");

        refusal.Handled.Add(notification.Actor);
        if (!refusal.Numbers.TryGetValue(notification.Actor, out var numbers)) refusal.Numbers[notification.Actor] = numbers = [];
        numbers.Add(notification.Number);
        return Task.CompletedTask;
    }
}
