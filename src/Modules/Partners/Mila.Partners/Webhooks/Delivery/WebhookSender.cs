using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Mila.Partners.Webhooks.Guard;
using Mila.Partners.Webhooks.Schedule;
using Mila.Partners.Webhooks.Signing;

namespace Mila.Partners.Webhooks.Delivery;

/// <summary>What one attempt sends.</summary>
/// <param name="Keys">The keys to sign with, the newest first: two during a rotation.</param>
/// <param name="CloudEvent">The attributes to send with it; null where the endpoint did not ask for them.</param>
internal sealed record Outgoing(Uri Url, string MessageId, ReadOnlyMemory<byte> Body, IReadOnlyList<WebhookKey> Keys, CloudEvent? CloudEvent = null);

/// <summary>The attributes of a message in CloudEvents 1.0, HTTP binding, binary mode; its id is the message's.</summary>
internal sealed record CloudEvent(string Type, string Source, string? Subject, DateTimeOffset Time);

/// <summary>What one attempt brought.</summary>
/// <param name="Status">The status, where the receiver gave one.</param>
/// <param name="Answer">The first 20 000 bytes of the answer.</param>
/// <param name="RetryAfter">What the receiver asked for.</param>
/// <param name="Overwhelmed">It said 429, or nothing in time.</param>
internal sealed record Attempted(Outcome Outcome, int? Status, byte[] Answer, TimeSpan? RetryAfter, bool Overwhelmed, DateTimeOffset StartedAt, TimeSpan Duration);

/// <summary>
/// Sends one attempt. The receiver is not trusted: 15 s in all, at most 64 KiB of the answer read and 20 000 bytes kept, 16 KiB of headers, nothing decompressed,
/// no redirect, no cookie, no proxy, no download that its certificate asks for, no address that <see cref="GuardedDialer"/> refuses (API.md W7, W9).
/// </summary>
internal sealed class WebhookSender : IDisposable
{
    internal static readonly TimeSpan Within = TimeSpan.FromSeconds(15);
    internal const int ReadAtMost = 64 * 1024;
    private const int ReadAtFirst = 4 * 1024;
    internal const int KeepAtMost = 20_000;

    private static readonly MediaTypeHeaderValue s_json = new("application/json");
    private readonly HttpMessageInvoker _http;
    private readonly TimeProvider _clock;

    internal WebhookSender(GuardedDialer dialer, TimeProvider clock)
    {
        _clock = clock;
        _http = new HttpMessageInvoker(new SocketsHttpHandler
        {
            ConnectCallback = dialer.DialAsync,
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            Credentials = null,
            PreAuthenticate = false,
            ActivityHeadersPropagator = DistributedContextPropagator.CreateNoOutputPropagator(),
            MaxResponseHeadersLength = 16,
            // What we choose not to read is not drained either: the connection is closed.
            MaxResponseDrainSize = 0,
            ConnectTimeout = Timeout.InfiniteTimeSpan,
            // A name may move: a connection is dialled anew, and its addresses checked anew, after a minute.
            PooledConnectionLifetime = TimeSpan.FromMinutes(1),
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
            SslOptions = new SslClientAuthenticationOptions { EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13, CertificateChainPolicy = Chain() },
        });
    }

    /// <summary>Makes one attempt. Never throws for what the receiver does.</summary>
    /// <exception cref="OperationCanceledException">The host is stopping: nothing is known of this attempt.</exception>
    internal async Task<Attempted> SendAsync(Outgoing outgoing, CancellationToken stopping)
    {
        var startedAt = _clock.GetUtcNow();
        var started = _clock.GetTimestamp();
        using var limit = new CancellationTokenSource(Within, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, limit.Token);
        int? status = null;
        TimeSpan? retryAfter = null;
        byte[] answer = [];
        var overwhelmed = false;
        Outcome outcome;
        try
        {
            using var request = RequestFor(outgoing, startedAt.ToUnixTimeSeconds());
            using var response = await _http.SendAsync(request, either.Token);
            status = (int)response.StatusCode;
            if (response.Headers.NonValidated.TryGetValues("Retry-After", out var asked)) retryAfter = RetryAfter.Read(asked, _clock.GetUtcNow());
            outcome = Outcomes.Of(status.Value);
            answer = await ReadAsync(response.Content, either.Token);
        }
        catch (Exception problem) when (!stopping.IsCancellationRequested)
        {
            outcome = limit.IsCancellationRequested ? Outcome.TimedOut : CauseOf(problem);
            // Whoever says 410 has said it, however the rest of the answer breaks.
            if (status == 410) outcome = Outcome.Gone;
            overwhelmed = limit.IsCancellationRequested || problem is EndpointUnreachableException { TimedOut: true } || problem.InnerException is EndpointUnreachableException { TimedOut: true };
        }

        return new Attempted(outcome, status, answer, retryAfter, overwhelmed || status == 429, startedAt, _clock.GetElapsedTime(started));
    }

    public void Dispose() => _http.Dispose();

    /// <summary>
    /// What the system trusts, by the certificates that the receiver sends along. By itself the platform would fetch a missing one from the address that the receiver's
    /// certificate names, before it knows whether to trust it, and by another way than <see cref="GuardedDialer"/>. Each connection takes a copy of this.
    /// </summary>
    private static X509ChainPolicy Chain() =>
        new() { DisableCertificateDownloads = true, RevocationMode = X509RevocationMode.NoCheck, TrustMode = X509ChainTrustMode.System, ApplicationPolicy = { new Oid("1.3.6.1.5.5.7.3.1") } };

    private static HttpRequestMessage RequestFor(Outgoing outgoing, long timestamp)
    {
        var body = outgoing.Body;
        var signatures = outgoing.Keys.Count == 1
            ? outgoing.Keys[0].Sign(outgoing.MessageId, timestamp, body.Span)
            : string.Join(' ', outgoing.Keys.Select(key => key.Sign(outgoing.MessageId, timestamp, body.Span)));

        var request = new HttpRequestMessage(HttpMethod.Post, outgoing.Url)
        {
            Version = HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ReadOnlyMemoryContent(body),
        };
        request.Content.Headers.ContentType = s_json;
        request.Headers.TryAddWithoutValidation("User-Agent", "Mila-Webhooks/1.0");
        request.Headers.TryAddWithoutValidation("webhook-id", outgoing.MessageId);
        request.Headers.TryAddWithoutValidation("webhook-timestamp", timestamp.ToString(CultureInfo.InvariantCulture));
        request.Headers.TryAddWithoutValidation("webhook-signature", signatures);
        if (outgoing.CloudEvent is { } attributes) AddCloudEvent(request.Headers, outgoing.MessageId, attributes);
        return request;
    }

    private static void AddCloudEvent(HttpRequestHeaders headers, string id, CloudEvent attributes)
    {
        headers.TryAddWithoutValidation("ce-specversion", "1.0");
        headers.TryAddWithoutValidation("ce-id", id);
        headers.TryAddWithoutValidation("ce-type", attributes.Type);
        headers.TryAddWithoutValidation("ce-source", attributes.Source);
        headers.TryAddWithoutValidation("ce-time", attributes.Time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        if (attributes.Subject is { } subject) headers.TryAddWithoutValidation("ce-subject", subject);
    }

    /// <summary>The first bytes of the answer; what lies beyond the limit is left unread and costs the receiver its connection, nothing else.</summary>
    private static async Task<byte[]> ReadAsync(HttpContent content, CancellationToken ct)
    {
        if (content.Headers.ContentLength == 0) return [];

        // Most say little or nothing, and thousands may be waited for at a time.
        var buffer = ArrayPool<byte>.Shared.Rent(ReadAtFirst);
        try
        {
            await using var stream = await content.ReadAsStreamAsync(ct);
            var read = 0;
            for (var upTo = ReadAtFirst; ; upTo *= 4)
            {
                if (buffer.Length < upTo) buffer = Grown(buffer, read, upTo);
                read += await stream.ReadAtLeastAsync(buffer.AsMemory(read, upTo - read), upTo - read, throwOnEndOfStream: false, ct);
                if (read < upTo || upTo == ReadAtMost) return buffer.AsSpan(0, Math.Min(read, KeepAtMost)).ToArray();
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static byte[] Grown(byte[] buffer, int read, int upTo)
    {
        var larger = ArrayPool<byte>.Shared.Rent(upTo);
        buffer.AsSpan(0, read).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }

    private static Outcome CauseOf(Exception problem) => problem switch
    {
        EndpointUnreachableException or NotSupportedException => Outcome.Unreachable,
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError } => Outcome.Unreachable,
        HttpRequestException { InnerException: EndpointUnreachableException or AuthenticationException } => Outcome.Unreachable,
        _ => Outcome.Broken,
    };
}
