using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using Mila.Partners.Webhooks.Delivery;
using Mila.Partners.Webhooks.Guard;
using Mila.Partners.Webhooks.Signing;

namespace Mila.Partners.Tests.Webhooks.Delivery;

public sealed class WebhookSenderTests
{
    private static readonly AllowedNetworks Loopback = AllowedNetworks.Parse("127.0.0.0/8");
    private static readonly WebhookKey Key = WebhookKey.Generate("v1");
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 3, 9, 18, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task What_is_sent_verifies_and_says_nothing_else_about_us()
    {
        await using var receiver = EvilReceiver.Saying("HTTP/1.1 204 No Content\r\nSet-Cookie: a=b\r\n\r\n");
        using var sender = Sender(Loopback);

        var attempt = await sender.SendAsync(To(receiver.Url), default);
        await sender.SendAsync(To(receiver.Url), default);

        attempt.ShouldBe(new Attempted(Outcome.Succeeded, 204, attempt.Answer, null, false, _clock.GetUtcNow(), TimeSpan.Zero));
        attempt.Answer.ShouldBeEmpty();
        var head = receiver.Requests[0].Split("\r\n");
        var names = head.Skip(1).TakeWhile(l => l.Length > 0).Select(l => l.Split(':')[0]).Order(StringComparer.OrdinalIgnoreCase);
        names.ShouldBe(["Content-Length", "Content-Type", "Host", "User-Agent", "webhook-id", "webhook-signature", "webhook-timestamp"]);
        head.ShouldContain("webhook-id: msg_1");
        head.ShouldContain($"webhook-timestamp: {_clock.GetUtcNow().ToUnixTimeSeconds()}");
        Key.Verifies("msg_1", _clock.GetUtcNow().ToUnixTimeSeconds(), "{}"u8, head.Single(l => l.StartsWith("webhook-signature: ", StringComparison.Ordinal))[19..]).ShouldBeTrue();
        receiver.Requests[1].ShouldNotContain("Cookie");
    }

    [Fact]
    public async Task During_a_rotation_both_keys_sign_the_new_one_first()
    {
        await using var receiver = EvilReceiver.Saying("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        using var sender = Sender(Loopback);
        var old = WebhookKey.Generate("v1");

        await sender.SendAsync(To(receiver.Url) with { Keys = [Key, old] }, default);

        var header = receiver.Requests[0].Split("\r\n").Single(l => l.StartsWith("webhook-signature: ", StringComparison.Ordinal))[19..].Split(' ');
        header.ShouldBe([Key.Sign("msg_1", _clock.GetUtcNow().ToUnixTimeSeconds(), "{}"u8), old.Sign("msg_1", _clock.GetUtcNow().ToUnixTimeSeconds(), "{}"u8)]);
    }

    [Theory]
    [InlineData("200 OK", 200, Outcome.Succeeded)]
    [InlineData("299 Odd", 299, Outcome.Succeeded)]
    [InlineData("300 Choices", 300, Outcome.Redirected)]
    [InlineData("304 Not Modified", 304, Outcome.Redirected)]
    [InlineData("400 Bad", 400, Outcome.Refused)]
    [InlineData("410 Gone", 410, Outcome.Gone)]
    [InlineData("429 Slow", 429, Outcome.Throttled)]
    [InlineData("500 Oops", 500, Outcome.Refused)]
    [InlineData("599 Odd", 599, Outcome.Refused)]
    public async Task Success_is_2xx_only(string status, int code, object outcome)
    {
        await using var receiver = EvilReceiver.Saying($"HTTP/1.1 {status}\r\nRetry-After: 30\r\nContent-Length: 0\r\n\r\n");
        using var sender = Sender(Loopback);

        var attempt = await sender.SendAsync(To(receiver.Url), default);

        (attempt.Outcome, attempt.Status, attempt.Overwhelmed).ShouldBe(((Outcome)outcome, code, code == 429));
        attempt.RetryAfter.ShouldBe(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task A_redirect_is_a_failure_and_is_not_followed()
    {
        await using var inner = EvilReceiver.Saying("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        await using var receiver = EvilReceiver.Saying($"HTTP/1.1 307 Elsewhere\r\nLocation: {inner.Url}\r\nContent-Length: 0\r\n\r\n");
        using var sender = Sender(Loopback);

        (await sender.SendAsync(To(receiver.Url), default)).Outcome.ShouldBe(Outcome.Redirected);
        inner.Requests.ShouldBeEmpty();

        // The control: the other place does answer, when it is asked.
        (await sender.SendAsync(To(inner.Url), default)).Outcome.ShouldBe(Outcome.Succeeded);
        inner.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Fifteen_seconds_of_silence_are_a_timeout()
    {
        await using var receiver = new EvilReceiver((_, ct) => Task.Delay(Timeout.Infinite, ct));
        using var sender = Sender(Loopback);

        var sending = sender.SendAsync(To(receiver.Url), default);
        await receiver.Arrived;
        _clock.Advance(TimeSpan.FromSeconds(14.9));
        sending.IsCompleted.ShouldBeFalse();
        _clock.Advance(TimeSpan.FromSeconds(0.1));
        var attempt = await sending;

        (attempt.Outcome, attempt.Status, attempt.Overwhelmed, attempt.Duration).ShouldBe((Outcome.TimedOut, null, true, TimeSpan.FromSeconds(15)));
    }

    [Fact]
    public async Task Headers_and_then_silence_are_a_timeout()
    {
        await using var receiver = new EvilReceiver(async (stream, ct) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"u8.ToArray(), ct);
            await Task.Delay(Timeout.Infinite, ct);
        });
        using var sender = Sender(Loopback);

        var sending = sender.SendAsync(To(receiver.Url), default);
        await receiver.Arrived;
        _clock.Advance(TimeSpan.FromSeconds(15));

        (await sending).Outcome.ShouldBe(Outcome.TimedOut);
    }

    [Fact]
    public async Task One_byte_a_second_does_not_buy_time()
    {
        var ticks = new SemaphoreSlim(0);
        var written = new SemaphoreSlim(0);
        await using var receiver = new EvilReceiver(async (stream, ct) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n"u8.ToArray(), ct);
            while (true)
            {
                await ticks.WaitAsync(ct);
                await stream.WriteAsync("x"u8.ToArray(), ct);
                written.Release();
            }
        });
        using var sender = Sender(Loopback);

        var sending = sender.SendAsync(To(receiver.Url), default);
        await receiver.Arrived;
        for (var second = 1; second <= 15; second++)
        {
            ticks.Release();
            await written.WaitAsync();
            sending.IsCompleted.ShouldBeFalse();
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        (await sending).Outcome.ShouldBe(Outcome.TimedOut);
    }

    [Fact]
    public async Task Of_an_endless_answer_64_KiB_are_read_and_20_000_bytes_kept()
    {
        var stopped = new TaskCompletionSource<long>();
        await using var receiver = new EvilReceiver(async (stream, ct) =>
        {
            stream.Socket.SendBufferSize = 16 * 1024;
            var sent = 0L;
            try
            {
                await stream.WriteAsync("HTTP/1.1 200 OK\r\n\r\n"u8.ToArray(), ct);
                while (true)
                {
                    await stream.WriteAsync(new byte[4096], ct);
                    sent += 4096;
                }
            }
            catch (IOException)
            {
                stopped.SetResult(sent);
                throw;
            }
        });
        using var sender = Sender(Loopback);

        var attempt = await sender.SendAsync(To(receiver.Url), default);

        attempt.Outcome.ShouldBe(Outcome.Succeeded);
        attempt.Answer.Length.ShouldBe(20_000);
        // The connection is dropped, not drained: what left the receiver is what fits into the buffers of both ends.
        (await stopped.Task).ShouldBeLessThan(16 * 1024 * 1024);
    }

    [Fact]
    public async Task Nothing_is_decompressed()
    {
        using var bomb = new MemoryStream();
        using (var gzip = new GZipStream(bomb, CompressionLevel.SmallestSize, leaveOpen: true)) gzip.Write(new byte[10 * 1024 * 1024]);
        var bytes = bomb.ToArray();
        await using var receiver = new EvilReceiver(async (stream, ct) =>
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {bytes.Length}\r\n\r\n"), ct);
            await stream.WriteAsync(bytes, ct);
        });
        using var sender = Sender(Loopback);

        var attempt = await sender.SendAsync(To(receiver.Url), default);

        attempt.Outcome.ShouldBe(Outcome.Succeeded);
        attempt.Answer.ShouldBe(bytes[..Math.Min(bytes.Length, 20_000)]);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf", 200, Outcome.Broken)] // reset after 200
    [InlineData("HTTP/1.1 410 Gone\r\nContent-Length: 100\r\n\r\nhalf", 410, Outcome.Gone)]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", 200, Outcome.Broken)]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n", null, Outcome.Broken)]
    [InlineData("", null, Outcome.Broken)]
    public async Task A_broken_answer_is_a_failure_that_is_tried_again(string answer, int? status, object outcome)
    {
        await using var receiver = new EvilReceiver(async (stream, ct) =>
        {
            await stream.WriteAsync(Encoding.Latin1.GetBytes(answer), ct);
            stream.Socket.Shutdown(SocketShutdown.Both);
            throw new IOException();
        });
        using var sender = Sender(Loopback);

        var attempt = await sender.SendAsync(To(receiver.Url), default);

        (attempt.Outcome, attempt.Status).ShouldBe(((Outcome)outcome, status));
    }

    [Theory]
    [InlineData(8 * 1024, Outcome.Succeeded)]
    [InlineData(17 * 1024, Outcome.Broken)]
    [InlineData(4 * 1024 * 1024, Outcome.Broken)]
    public async Task Headers_have_a_limit(int size, object outcome)
    {
        await using var receiver = EvilReceiver.Saying($"HTTP/1.1 200 OK\r\nX-Long: {new string('x', size)}\r\nContent-Length: 0\r\n\r\n");
        using var sender = Sender(Loopback);

        (await sender.SendAsync(To(receiver.Url), default)).Outcome.ShouldBe((Outcome)outcome);
    }

    [Fact]
    public async Task A_host_that_stops_says_nothing_about_what_was_under_way()
    {
        await using var receiver = new EvilReceiver((_, ct) => Task.Delay(Timeout.Infinite, ct));
        using var sender = Sender(Loopback);
        using var stopping = new CancellationTokenSource();

        var sending = sender.SendAsync(To(receiver.Url), stopping.Token);
        await receiver.Arrived;
        await stopping.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => sending);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("8.8.8.8,127.0.0.1")]
    [InlineData("127.0.0.1,8.8.8.8")]
    [InlineData("10.0.0.1,127.0.0.1")]
    [InlineData("")]
    public async Task A_name_with_one_address_that_is_not_public_is_not_dialled(string addresses)
    {
        await using var receiver = EvilReceiver.Saying("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        var resolved = addresses.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(IPAddress.Parse).ToArray();
        using var guarded = Sender(AllowedNetworks.None, (_, _) => Task.FromResult(resolved));

        var attempt = await guarded.SendAsync(To(new Uri($"http://partner.example:{receiver.Port}/")), default);

        (attempt.Outcome, attempt.Status).ShouldBe((Outcome.Unreachable, null));
        Outcomes.TextOf(attempt.Outcome).ShouldBe(EndpointUnreachableException.Text);
        receiver.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_same_name_is_dialled_where_the_operator_opened_the_network()
    {
        await using var receiver = EvilReceiver.Saying("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        using var opened = Sender(Loopback, (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Loopback]));

        (await opened.SendAsync(To(new Uri($"http://partner.example:{receiver.Port}/")), default)).Outcome.ShouldBe(Outcome.Succeeded);
        receiver.Requests[0].ShouldContain($"Host: partner.example:{receiver.Port}");
    }

    [Fact]
    public async Task A_name_that_changes_between_check_and_use_gains_nothing()
    {
        await using var permitted = EvilReceiver.Saying("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        await using var hidden = new EvilReceiver((_, _) => Task.CompletedTask, IPAddress.Parse("127.0.0.66"), permitted.Port);
        var lookups = 0;
        using var sender = Sender(
            AllowedNetworks.Parse("127.0.0.1/32"),
            (_, _) => Task.FromResult<IPAddress[]>([Interlocked.Increment(ref lookups) == 1 ? IPAddress.Loopback : IPAddress.Parse("127.0.0.66")]));
        var url = new Uri($"http://partner.example:{permitted.Port}/");

        (await sender.SendAsync(To(url), default)).Outcome.ShouldBe(Outcome.Succeeded);
        lookups.ShouldBe(1);

        using var again = Sender(AllowedNetworks.Parse("127.0.0.1/32"), (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse("127.0.0.66")]));
        (await again.SendAsync(To(url), default)).Outcome.ShouldBe(Outcome.Unreachable);
        hidden.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_resolver_has_five_seconds()
    {
        using var sender = Sender(Loopback, (_, _) => new TaskCompletionSource<IPAddress[]>().Task);

        var sending = sender.SendAsync(To(new Uri("https://partner.example/")), default);
        await AdvanceUntilAsync(sending, TimeSpan.FromSeconds(5));

        var attempt = await sending;
        (attempt.Outcome, attempt.Overwhelmed).ShouldBe((Outcome.Unreachable, true));
    }

    [Fact]
    public async Task A_connection_has_five_seconds()
    {
        // Nobody accepts and the queue is full: the next SYN is swallowed.
        using var full = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        full.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        full.Listen(0);
        var fillers = Enumerable.Range(0, 8).Select(_ => new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)).ToArray();
        await fillers[0].ConnectAsync(full.LocalEndPoint!);
        var filling = fillers.Skip(1).Select(f => f.ConnectAsync(full.LocalEndPoint!)).ToArray();
        using var sender = Sender(Loopback);

        var sending = sender.SendAsync(To(new Uri($"http://127.0.0.1:{((IPEndPoint)full.LocalEndPoint!).Port}/")), default);
        await AdvanceUntilAsync(sending, TimeSpan.FromSeconds(15));

        var attempt = await sending;
        attempt.Overwhelmed.ShouldBeTrue();
        attempt.Outcome.ShouldBeOneOf(Outcome.Unreachable, Outcome.TimedOut);
        foreach (var filler in fillers) filler.Dispose();
        await Should.ThrowAsync<SocketException>(() => Task.WhenAll(filling));
    }

    [Fact]
    public async Task Nobody_there_and_nobody_who_speaks_TLS_look_the_same()
    {
        await using var plain = EvilReceiver.Saying("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        using var sender = Sender(Loopback);

        var closed = await sender.SendAsync(To(new Uri("http://127.0.0.1:1/")), default);
        var noTls = sender.SendAsync(To(new Uri($"https://127.0.0.1:{plain.Port}/")), default);
        await AdvanceUntilAsync(noTls, TimeSpan.FromSeconds(15));

        closed.Outcome.ShouldBe(Outcome.Unreachable);
        (await noTls).Outcome.ShouldBeOneOf(Outcome.Unreachable, Outcome.TimedOut);
    }

    [Theory]
    [InlineData("expired")]
    [InlineData("not yet valid")]
    [InlineData("self-signed")]
    [InlineData("of another name")]
    public async Task A_certificate_that_proves_nothing_is_nobody_there(string fault)
    {
        using var certificate = CertificateThatIs(fault);
        await using var receiver = TlsReceiver.Start(certificate);
        using var sender = Sender(Loopback);

        var attempt = await sender.SendAsync(To(receiver.Url), default);

        (attempt.Outcome, attempt.Status).ShouldBe((Outcome.Unreachable, null));
        receiver.Requests.ShouldBe(0);

        // The control: who was told to trust this very certificate, by its own name and at any time, gets through.
        var trust = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck, VerificationFlags = X509VerificationFlags.IgnoreNotTimeValid };
        trust.CustomTrustStore.Add(certificate);
        using var trusting = new HttpClient(new SocketsHttpHandler { SslOptions = { CertificateChainPolicy = trust } });
        using var request = new HttpRequestMessage(HttpMethod.Post, receiver.Url) { Content = new StringContent("{}") };
        if (fault == "of another name") request.Headers.Host = "partner.example";
        using var answer = await trusting.SendAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        receiver.Requests.ShouldBe(1);
    }

    [Fact]
    public async Task A_certificate_makes_us_download_nothing()
    {
        await using var inner = EvilReceiver.Saying("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
        using var certificate = CertificateIssuedAt(inner.Url);
        await using var receiver = TlsReceiver.Start(certificate);
        using var sender = Sender(Loopback);

        var attempts = new[] { await sender.SendAsync(To(receiver.Url), default), await sender.SendAsync(To(receiver.Url), default) };

        attempts.ShouldAllBe(a => a.Outcome == Outcome.Unreachable && a.Status == null);
        inner.Requests.ShouldBeEmpty();

        // The control: by itself the platform goes where the certificate says.
        using var usual = new HttpClient(new SocketsHttpHandler());
        await Should.ThrowAsync<HttpRequestException>(() => usual.PostAsync(receiver.Url, new StringContent("{}")));
        inner.Requests.ShouldNotBeEmpty();
        receiver.Requests.ShouldBe(0);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4095)]
    [InlineData(4096)]
    [InlineData(4097)]
    [InlineData(16_384)]
    [InlineData(16_385)]
    [InlineData(20_001)]
    [InlineData(70_000)]
    public async Task An_answer_of_any_length_is_kept_from_its_beginning(int length)
    {
        byte[] said = [.. Enumerable.Range(0, length).Select(i => (byte)(i * 31 / 7))];
        await using var receiver = new EvilReceiver(async (stream, ct) =>
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\n"), ct);
            await stream.WriteAsync(said, ct);
        });
        using var sender = Sender(Loopback);

        (await sender.SendAsync(To(receiver.Url), default)).Answer.ShouldBe(said[..Math.Min(length, 20_000)]);
    }

    /// <summary>By somebody whose own certificate is to be had at this address.</summary>
    private static X509Certificate2 CertificateIssuedAt(Uri issuer)
    {
        using var issuersKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var (from, until) = (new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2091, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var authority = new CertificateRequest("CN=An unknown authority", issuersKey, HashAlgorithmName.SHA256);
        authority.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var root = authority.CreateSelfSigned(from, until);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509AuthorityInformationAccessExtension(null, [issuer.AbsoluteUri]));
        using var issued = request.Create(root, from, until, [1, 2, 3, 4]);
        using var made = issued.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }

    private static X509Certificate2 CertificateThatIs(string fault)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={(fault == "of another name" ? "partner.example" : "127.0.0.1")}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        if (fault == "of another name") names.AddDnsName("partner.example");
        else names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var (from, until) = fault switch
        {
            "expired" => (new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2021, 1, 1, 0, 0, 0, TimeSpan.Zero)),
            "not yet valid" => (new DateTimeOffset(2090, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2091, 1, 1, 0, 0, 0, TimeSpan.Zero)),
            _ => (new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2091, 1, 1, 0, 0, 0, TimeSpan.Zero)),
        };
        using var made = request.CreateSelfSigned(from, until);
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }

    /// <summary>Moves the clock on, a second at a time, until the attempt ends; fails when it takes longer than it may.</summary>
    private async Task AdvanceUntilAsync(Task attempt, TimeSpan atMost)
    {
        for (var passed = TimeSpan.Zero; !attempt.IsCompleted && passed < atMost; passed += TimeSpan.FromSeconds(1))
        {
            await Task.WhenAny(attempt, Task.Delay(50));
            if (!attempt.IsCompleted) _clock.Advance(TimeSpan.FromSeconds(1));
        }

        await attempt.WaitAsync(TimeSpan.FromSeconds(5));
    }

    private WebhookSender Sender(AllowedNetworks networks, ResolveHost? resolve = null) =>
        new(new GuardedDialer(resolve ?? ((_, _) => Task.FromResult<IPAddress[]>([])), networks, _clock), _clock);

    private static Outgoing To(Uri url) => new(url, "msg_1", "{}"u8.ToArray(), [Key]);
}
