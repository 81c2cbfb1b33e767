using System.Text.Json;
using Marten;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Mila.BuildingBlocks.Mail;
using Mila.BuildingBlocks.Outbox;
using Mila.Testing.App;
using Mila.Testing.Postgres;

namespace Mila.Host.Tests.Mail;

/// <summary>The way of a mail from a slice to a server: through the outbox, with tries that Polly makes at once and the outbox later.</summary>
public sealed class OutgoingMailTests(OutgoingMailTests.MilaWithAServer mila) : IClassFixture<OutgoingMailTests.MilaWithAServer>, IDisposable
{
    // What fails in a batch of the outbox is taken again alone before it waits; and of each attempt Polly makes three.
    private const int AttemptsAtOnce = 2;
    private const int TriesAtOnce = AttemptsAtOnce * 3;
    private readonly SmtpSink _server = mila.Server;

    [Fact]
    public async Task A_mail_of_a_committed_change_is_sent_once()
    {
        var mail = await SendAsync("nina@label.example");
        _server.Taken.ShouldBeEmpty("nothing leaves before the commit, and then the outbox sends it");
        (await MailAsync(mail))["status"].GetString().ShouldBe("queued");

        await DrainAsync();
        await DrainAsync();

        _server.Taken.ShouldHaveSingleItem().To.Mailboxes.Single().Address.ShouldBe("nina@label.example");
        var sent = await MailAsync(mail);
        (sent["status"].GetString(), sent["attempts"].GetInt32(), sent["sentAt"].ValueKind).ShouldBe(("sent", 1, JsonValueKind.String));
        sent["messageId"].GetString().ShouldBe(_server.Taken[0].MessageId);
    }

    [Fact]
    public void What_one_person_is_written_about_one_thing_goes_one_after_the_other()
    {
        Guid LaneOf(string to, string about) => OutboxListener.AggregateOf(MailQueued.Of(OutgoingMail.Queue(Mila.BuildingBlocks.Mail.Letter.To(to, null, "fr", about), DateTimeOffset.UnixEpoch)));
        var first = LaneOf("nina@label.example", "registration:1");
        LaneOf("Nina@label.example", "registration:1").ShouldBe(first);
        LaneOf("nina@label.example", "registration:2").ShouldNotBe(first);
        LaneOf("zoe@label.example", "registration:1").ShouldNotBe(first);

        // What waits from before names the mail alone.
        var mail = Guid.CreateVersion7();
        JsonSerializer.Deserialize<MailQueued>($$"""{"mailId":"{{mail}}"}""", NotificationJson.Options)!.MailId.ShouldBe(mail);
    }

    [Fact]
    public async Task A_mail_of_a_change_that_is_rolled_back_never_existed()
    {
        var before = await mila.SqlAsync("select count(*) from mila.outbox");
        Guid dropped;
        await using (var scope = mila.Services.CreateAsyncScope())
        await using (var connection = await scope.ServiceProvider.GetRequiredService<Npgsql.NpgsqlDataSource>().OpenConnectionAsync())
        await using (var transaction = await connection.BeginTransactionAsync())
        {
            var ambient = scope.ServiceProvider.GetRequiredService<AmbientTransaction>();
            ambient.Transaction = transaction;
            var session = scope.ServiceProvider.GetRequiredService<IDocumentSession>();
            dropped = session.Send(Letter("nina@label.example"), mila.Clock);
            await session.SaveChangesAsync();
            await OutboxInsert.WriteAsync(connection, ambient.TakeRows(), locksBuckets: true, default);
            await transaction.RollbackAsync();
        }

        await DrainAsync();

        using var admin = mila.Admin();
        (await admin.AskAsync($"/v1/mails/{dropped}")).ShouldRefuse(404, "mail-unknown");
        _server.Connections.ShouldBe(0);
        (await mila.SqlAsync("select count(*) from mila.outbox")).ShouldBe(before);
    }

    [Fact]
    public async Task A_busy_server_is_asked_again_at_once_and_then_by_the_outbox_after_a_pause()
    {
        var mail = await SendAsync("nina@label.example");
        _server.AnswerRecipients([.. Enumerable.Repeat("451 nina@label.example is busy", TriesAtOnce)]);
        await DrainAsync();

        _server.Connections.ShouldBe(TriesAtOnce);
        var waiting = await MailAsync(mail);
        (waiting["status"].GetString(), waiting["attempts"].GetInt32(), waiting["failure"].GetString()).ShouldBe(("queued", AttemptsAtOnce, "smtp-451"));

        mila.Clock.Advance(TimeSpan.FromHours(1));
        await DrainAsync();

        _server.Taken.ShouldHaveSingleItem();
        (await MailAsync(mail))["attempts"].GetInt32().ShouldBe(AttemptsAtOnce + 1);
    }

    [Fact]
    public async Task After_all_tries_a_mail_is_a_dead_letter_without_data_of_the_person_and_can_be_replayed()
    {
        using var admin = mila.Admin();
        var mail = await SendAsync("nina@label.example");
        var tries = new OutboxOptions().Pauses.Count + 1;
        _server.AnswerRecipients([.. Enumerable.Repeat("451 nina@label.example is busy", TriesAtOnce * tries)]);
        for (var i = 0; i < tries; i++)
        {
            await DrainAsync();
            mila.Clock.Advance(TimeSpan.FromHours(1));
        }

        _server.Connections.ShouldBe(TriesAtOnce * tries);
        var letters = (await admin.AskAsync("/v1/dead-letters")).Expect(200);
        letters.Text.ShouldNotContain("nina");
        var letter = letters["items"].EnumerateArray().Single(l => l.GetProperty("type").GetString()!.EndsWith(".MailQueued", StringComparison.Ordinal) && l.GetProperty("body").GetProperty("mailId").GetGuid() == mail);
        (await MailAsync(mail))["attempts"].GetInt32().ShouldBe(AttemptsAtOnce * tries);
        (await admin.TellAsync($"/v1/dead-letters/{letter.GetProperty("id").GetGuid()}/replay", null)).Expect(202);
        await DrainAsync();

        _server.Taken.ShouldHaveSingleItem();
        (await MailAsync(mail))["status"].GetString().ShouldBe("sent");
    }

    [Fact]
    public async Task A_mail_that_is_refused_for_good_fails_and_is_not_tried_again()
    {
        using var admin = mila.Admin();
        var mail = await SendAsync("nobody@label.example");
        _server.AnswerRecipients("550 nobody@label.example is unknown");
        await DrainAsync();
        mila.Clock.Advance(TimeSpan.FromHours(2));
        await DrainAsync();

        _server.Connections.ShouldBe(1);
        var failed = await MailAsync(mail);
        (failed["status"].GetString(), failed["failure"].GetString()).ShouldBe(("failed", "smtp-550"));
        (await admin.AskAsync("/v1/mails?status=failed")).Expect(200)["items"].EnumerateArray().Select(m => m.GetProperty("id").GetGuid()).ShouldContain(mail);
    }

    [Fact]
    public async Task A_person_who_is_forgotten_is_written_to_no_more_and_is_in_no_mail()
    {
        using var admin = mila.Admin();
        var sent = await SendAsync("forget@label.example", "Odile Forgette");
        await DrainAsync();
        var waiting = await SendAsync("forget@label.example", "Odile Forgette");
        var other = await SendAsync("keep@label.example");
        await using (var session = mila.Services.GetRequiredService<IDocumentStore>().LightweightSession())
        {
            await session.EraseMailsToAsync("forget@label.example", mila.Clock, default);
            await session.SaveChangesAsync();
        }

        await DrainAsync();

        _server.Taken.Select(m => m.To.Mailboxes.Single().Address).ShouldBe(["forget@label.example", "keep@label.example"], "one before, and the other person's after");
        foreach (var forgotten in new[] { sent, waiting })
        {
            var read = await MailAsync(forgotten);
            read["erased"].GetBoolean().ShouldBeTrue();
            read.Text.ShouldNotContain("forget", Case.Insensitive);
        }

        (await MailAsync(other))["status"].GetString().ShouldBe("sent");
        (await mila.SqlAsync("select count(*) from mila.mt_doc_outgoingmail where data::text ilike '%forgette%' or data::text ilike '%forget@%'")).ShouldBe(0L);
        (await mila.SqlAsync("select count(*) from mila.outbox where body::text ilike '%forget%'")).ShouldBe(0L);
    }

    [Fact]
    public async Task Mails_are_for_administrators()
    {
        var mail = await SendAsync("nina@label.example");
        using var nobody = mila.Anonymous();
        using var staff = await mila.KeyAsync(null, "membership:write", "events:write");
        foreach (var path in new[] { "/v1/mails", $"/v1/mails/{mail}" })
        {
            (await nobody.AskAsync(path)).ShouldRefuse(401, "unauthenticated");
            (await staff.AskAsync(path)).ShouldRefuse(403, "scope-missing");
        }

        using var admin = mila.Admin();
        (await admin.AskAsync($"/v1/mails/{Guid.CreateVersion7()}")).ShouldRefuse(404, "mail-unknown");
        (await admin.AskAsync("/v1/mails?about=lease:7&to=nina@label.example")).Expect(200)["items"].EnumerateArray().Select(m => m.GetProperty("id").GetGuid()).ShouldContain(mail);
        (await admin.AskAsync("/v1/mails?about=lease:8")).Expect(200)["items"].GetArrayLength().ShouldBe(0);
        await DrainAsync();
    }

    public void Dispose() => _server.Forget();

    private static Letter Letter(string to, string name = "Nina", string language = "fr") =>
        BuildingBlocks.Mail.Letter.To(to, name, language, "lease:7").Subject("Fin de bail", "End of your lease").Paragraph($"Bonjour {name},", $"Hello {name},");

    private async Task<Guid> SendAsync(string to, string name = "Nina")
    {
        await using var session = mila.Services.GetRequiredService<IDocumentStore>().LightweightSession();
        var mail = session.Send(Letter(to, name), mila.Clock);
        await session.SaveChangesAsync();
        return mail;
    }

    private async Task<Answer> MailAsync(Guid mail)
    {
        using var admin = mila.Admin();
        return (await admin.AskAsync($"/v1/mails/{mail}")).Expect(200);
    }

    /// <summary>The pauses between tries at once pass as soon as somebody waits for them.</summary>
    private async Task DrainAsync()
    {
        var draining = mila.DrainAsync();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (!draining.IsCompleted)
        {
            mila.Clock.Advance(TimeSpan.FromMilliseconds(100));
            await timer.WaitForNextTickAsync();
        }

        await draining;
    }

    public sealed class MilaWithAServer(TestPostgres postgres) : TestMila(postgres), IAsyncLifetime
    {
        internal SmtpSink Server { get; } = new();

        // Longer than all the pauses that pass while a mail is tried at once.
        protected override void Customise(WebApplicationBuilder builder) =>
            builder.Services.PostConfigure<OutboxOptions>(o => o.Pauses = [.. o.Pauses.Select(_ => TimeSpan.FromHours(1))]);

        async ValueTask IAsyncDisposable.DisposeAsync()
        {
            await DisposeAsync();
            await Server.DisposeAsync();
        }

        protected override IEnumerable<KeyValuePair<string, string?>> Settings =>
            [.. base.Settings, new("Mail:Smtp:Host", "127.0.0.1"), new("Mail:Smtp:Port", $"{Server.Port}"), new("Mail:Smtp:Tls", "none"), new("Mail:From", "MILA <bonjour@mila.example>")];
    }
}
