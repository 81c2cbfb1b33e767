using System.Net;
using System.Net.Sockets;

namespace Mila.Partners.Webhooks.Guard;

/// <summary>Resolves a name to all its addresses; replaced in tests.</summary>
internal delegate Task<IPAddress[]> ResolveHost(string host, CancellationToken ct);

/// <summary>
/// The only way out for webhooks: resolves (at most 5 s), checks every resolved address, and dials by the address that was checked (at most 5 s), so that a name that
/// changes between check and use gains nothing. One bad address among many refuses the name. To be used as <see cref="SocketsHttpHandler.ConnectCallback"/>.
/// </summary>
internal sealed class GuardedDialer(ResolveHost resolve, AllowedNetworks networks, TimeProvider clock)
{
    internal static readonly TimeSpan ResolveWithin = TimeSpan.FromSeconds(5);
    internal static readonly TimeSpan ConnectWithin = TimeSpan.FromSeconds(5);

    /// <summary>A connected socket for the request's URL.</summary>
    /// <exception cref="EndpointUnreachableException">For every reason there is, so that the answer tells nothing about our network.</exception>
    internal async ValueTask<Stream> DialAsync(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        var url = context.InitialRequestMessage.RequestUri!;
        try
        {
            var addresses = await AddressesAsync(url, ct);
            if (addresses.Length == 0 || !Array.TrueForAll(addresses, address => WebhookUrl.Admits(url, address, networks))) throw new EndpointUnreachableException();

            return await ConnectAsync(addresses, url.Port, ct);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new EndpointUnreachableException { TimedOut = true };
        }
        catch (Exception problem) when (problem is SocketException or ArgumentException)
        {
            throw new EndpointUnreachableException();
        }
    }

    private async Task<IPAddress[]> AddressesAsync(Uri url, CancellationToken ct)
    {
        if (IPAddress.TryParse(url.IdnHost, out var literal)) return [literal];

        using var limit = new CancellationTokenSource(ResolveWithin, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        // A resolver of the system may not listen to cancellation: the wait ends in time all the same.
        return await resolve(url.IdnHost, either.Token).WaitAsync(either.Token);
    }

    /// <summary>Tries the addresses in turn, each with its share of what is left of the 5 s, so that one that swallows packets leaves time for the next.</summary>
    private async Task<Stream> ConnectAsync(IPAddress[] addresses, int port, CancellationToken ct)
    {
        var startedAt = clock.GetTimestamp();
        for (var i = 0; ; i++)
        {
            var share = (ConnectWithin - clock.GetElapsedTime(startedAt)) / (addresses.Length - i);
            if (share <= TimeSpan.Zero) throw new EndpointUnreachableException { TimedOut = true };

            var socket = new Socket(addresses[i].AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                using var limit = new CancellationTokenSource(share, clock);
                using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
                await socket.ConnectAsync(new IPEndPoint(addresses[i], port), either.Token);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (Exception problem) when (i + 1 < addresses.Length && !ct.IsCancellationRequested && (problem is SocketException or OperationCanceledException))
            {
                socket.Dispose();
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }
    }
}

/// <summary>The endpoint has no address that may be dialled, or none that answers. Which of these is not said.</summary>
internal sealed class EndpointUnreachableException() : IOException(Text)
{
    /// <summary>The one text for every failure before a connection stands.</summary>
    internal const string Text = "The endpoint could not be reached.";

    /// <summary>For the pause before the next attempt, never shown.</summary>
    internal bool TimedOut { get; init; }
}
