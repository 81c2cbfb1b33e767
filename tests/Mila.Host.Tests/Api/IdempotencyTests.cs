using Mila.Testing.App;
using Npgsql;

namespace Mila.Host.Tests.Api;

public sealed class IdempotencyTests(TestMila mila) : IClassFixture<TestMila>
{
    private static int _number;

    [Fact]
    public async Task The_same_request_again_gets_the_first_answer_again()
    {
        using var admin = mila.Admin();
        var (key, code) = (("Idempotency-Key", NewKey()), NewCode());
        var first = (await admin.TellAsync("/v1/programmes", new { code, label = "x" }, key)).Expect(201);
        var again = (await admin.TellAsync("/v1/programmes", new { code, label = "x" }, key)).Expect(201);

        first.Header("Idempotent-Replayed").ShouldBeNull();
        again.Header("Idempotent-Replayed").ShouldBe("true");
        (again.Text, again.Etag, again.Header("Location"), again.Header("Content-Type")).ShouldBe((first.Text, first.Etag, first.Header("Location"), first.Header("Content-Type")));
    }

    [Fact]
    public async Task A_refusal_is_an_answer_too()
    {
        using var admin = mila.Admin();
        var (key, code) = (("Idempotency-Key", NewKey()), NewCode());
        (await admin.TellAsync("/v1/events", new { programme = code, title = new { fr = "x" } }, key)).ShouldRefuse(422, "programme-unknown");
        (await admin.TellAsync("/v1/programmes", new { code, label = "x" })).Expect(201);

        var again = (await admin.TellAsync("/v1/events", new { programme = code, title = new { fr = "x" } }, key)).ShouldRefuse(422, "programme-unknown");
        again.Header("Idempotent-Replayed").ShouldBe("true");
    }

    [Fact]
    public async Task Another_body_under_the_same_key_is_refused()
    {
        using var admin = mila.Admin();
        var key = ("Idempotency-Key", NewKey());
        (await admin.TellAsync("/v1/programmes", new { code = NewCode(), label = "x" }, key)).Expect(201);
        var other = NewCode();
        (await admin.TellAsync("/v1/programmes", new { code = other, label = "x" }, key)).ShouldRefuse(422, "idempotency-key-reused");
        (await admin.AskAsync($"/v1/programmes/{other}")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task A_key_belongs_to_one_caller_and_one_address()
    {
        using var admin = mila.Admin();
        using var colleague = await mila.KeyAsync(null, "events:write");
        var key = ("Idempotency-Key", NewKey());
        (await admin.TellAsync("/v1/programmes", new { code = NewCode(), label = "x" }, key)).Expect(201);
        (await colleague.TellAsync("/v1/programmes", new { code = NewCode(), label = "x" }, key)).Expect(201).Header("Idempotent-Replayed").ShouldBeNull();
        (await admin.TellAsync("/v1/events/import", "{}", key)).Expect(200).Header("Idempotent-Replayed").ShouldBeNull();
    }

    [Fact]
    public async Task An_answer_is_kept_for_24_hours()
    {
        using var admin = mila.Admin();
        var (key, body) = (("Idempotency-Key", NewKey()), new { code = NewCode(), label = "x" });
        (await admin.TellAsync("/v1/programmes", body, key)).Expect(201);
        mila.Clock.Advance(TimeSpan.FromHours(24) - TimeSpan.FromSeconds(1));
        (await admin.TellAsync("/v1/programmes", body, key)).Expect(201).Header("Idempotent-Replayed").ShouldBe("true");
        mila.Clock.Advance(TimeSpan.FromSeconds(1));
        (await admin.TellAsync("/v1/programmes", body, key)).ShouldRefuse(409, "programme-code-taken").Header("Idempotent-Replayed").ShouldBeNull();
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\tb")]
    [InlineData("256")]
    public async Task A_key_is_1_to_255_printable_characters(string key)
    {
        using var admin = mila.Admin();
        var sent = key == "256" ? new string('k', 256) : key;
        var answer = await admin.TellAsync("/v1/programmes", new { code = NewCode(), label = "x" }, ("Idempotency-Key", sent));
        answer.Status.ShouldBe(400);
        (await admin.TellAsync("/v1/programmes", new { code = NewCode(), label = "x" }, ("Idempotency-Key", new string('k', 255 - 8) + NewCode()[^8..]))).Expect(201);
    }

    [Fact]
    public async Task A_hundred_at_once_have_one_effect()
    {
        using var admin = mila.Admin();
        var (key, body) = (("Idempotency-Key", NewKey()), await EventAsync(admin));
        var before = await EventsAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => admin.TellAsync("/v1/events", body, key)));

        (await EventsAsync() - before).ShouldBe(1);
        foreach (var busy in answers.Where(a => a.Status != 201)) busy.ShouldRefuse(409, "idempotency-key-in-use").Header("Retry-After").ShouldBe("1");
        answers.Where(a => a.Status == 201).Select(a => a["id"].GetString()).Distinct().Count().ShouldBe(1);
        answers.Count(a => a.Status == 201 && a.Header("Idempotent-Replayed") is null).ShouldBe(1);
    }

    [Fact]
    public async Task Without_the_key_each_has_its_own()
    {
        using var admin = mila.Admin();
        var body = await EventAsync(admin);
        var before = await EventsAsync();
        for (var i = 0; i < 10; i++) (await admin.TellAsync("/v1/events", body)).Expect(201);
        (await EventsAsync() - before).ShouldBe(10);
    }

    [Fact]
    public async Task While_the_first_runs_the_second_is_told_to_wait()
    {
        using var admin = mila.Admin();
        var (key, body) = (("Idempotency-Key", NewKey()), await EventAsync(admin));
        await using var source = NpgsqlDataSource.Create(mila.ConnectionString);
        await using var connection = await source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using (var hold = new NpgsqlCommand("lock table events.mt_doc_event in exclusive mode", connection)) await hold.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        var (one, two) = (admin.TellAsync("/v1/events", body, key), admin.TellAsync("/v1/events", body, key));
        var refused = await Task.WhenAny(one, two);
        (await refused).ShouldRefuse(409, "idempotency-key-in-use").Header("Retry-After").ShouldBe("1");
        var running = refused == one ? two : one;
        running.IsCompleted.ShouldBeFalse();
        await transaction.RollbackAsync(TestContext.Current.CancellationToken);
        var made = (await running).Expect(201);
        (await admin.TellAsync("/v1/events", body, key)).Expect(201).Text.ShouldBe(made.Text);
    }

    [Fact]
    public async Task A_crash_is_not_kept()
    {
        using var admin = mila.Admin();
        var (key, body) = (("Idempotency-Key", NewKey()), new { code = NewCode(), label = "x" });
        await mila.SqlAsync("alter table events.mt_doc_programme rename to gone");
        try
        {
            (await admin.TellAsync("/v1/programmes", body, key)).ShouldRefuse(500, "internal-error");
        }
        finally
        {
            await mila.SqlAsync("alter table events.gone rename to mt_doc_programme");
        }

        (await admin.TellAsync("/v1/programmes", body, key)).Expect(201).Header("Idempotent-Replayed").ShouldBeNull();
    }

    [Fact]
    public async Task Effect_and_answer_are_kept_together_or_not_at_all()
    {
        using var admin = mila.Admin();
        var body = await EventAsync(admin);
        await mila.SqlAsync("""
            create function mila.refuse_answers() returns trigger language plpgsql as $$ begin raise exception 'no answer is kept'; end $$;
            create trigger refuse_answers before insert on mila.idempotency for each row execute function mila.refuse_answers();
            """);
        var (before, key) = (await EventsAsync(), ("Idempotency-Key", NewKey()));
        try
        {
            (await admin.TellAsync("/v1/events", body, key)).ShouldRefuse(500, "internal-error");
            (await EventsAsync()).ShouldBe(before, "The effect went back with the answer that could not be kept.");

            // The control: where no answer has to be kept, the same request has its effect.
            (await admin.TellAsync("/v1/events", body)).Expect(201);
            (await EventsAsync()).ShouldBe(before + 1);
        }
        finally
        {
            await mila.SqlAsync("drop function mila.refuse_answers() cascade");
        }

        (await admin.TellAsync("/v1/events", body, key)).Expect(201).Header("Idempotent-Replayed").ShouldBeNull();
    }

    private async Task<object> EventAsync(HttpClient admin)
    {
        var programme = NewCode();
        (await admin.TellAsync("/v1/programmes", new { code = programme, label = "x" })).Expect(201);
        return new { programme, title = new { fr = programme }, month = "2026-03" };
    }

    private async Task<long> EventsAsync() => (long)(await mila.SqlAsync("select count(*) from events.mt_doc_event"))!;

    private static string NewKey() => $"key {Interlocked.Increment(ref _number)}";

    private static string NewCode() => $"code-{Interlocked.Increment(ref _number):D5}";
}
