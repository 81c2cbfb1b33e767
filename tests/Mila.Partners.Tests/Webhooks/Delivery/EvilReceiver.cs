using System.Net;
using System.Net.Sockets;
using System.Text;
using Mila.Testing.App;

namespace Mila.Partners.Tests.Webhooks.Delivery;

/// <summary>A receiver on loopback that speaks bytes, so that it can misbehave in every way.</summary>
internal sealed class EvilReceiver : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _serving;
    private readonly List<string> _requests = [];
    private readonly TaskCompletionSource _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal EvilReceiver(Func<NetworkStream, CancellationToken, Task> answer, IPAddress? address = null, int port = 0)
    {
        _listener = new TcpListener(address ?? IPAddress.Loopback, port);
        _listener.Start();
        _serving = ServeAsync(answer);
    }

    internal int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    internal Uri Url => new($"http://127.0.0.1:{Port}/hooks");

    /// <summary>Completes when the first request is here as a whole.</summary>
    internal Task Arrived => _arrived.Task;

    internal IReadOnlyList<string> Requests
    {
        get
        {
            lock (_requests) return [.. _requests];
        }
    }

    internal static EvilReceiver Saying(string answer) => new((stream, ct) => stream.WriteAsync(Encoding.Latin1.GetBytes(answer), ct).AsTask());

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _serving;
        _stop.Dispose();
    }

    private async Task ServeAsync(Func<NetworkStream, CancellationToken, Task> answer)
    {
        var connections = new List<Task>();
        try
        {
            while (true) connections.Add(ConverseAsync(await _listener.AcceptSocketAsync(_stop.Token), answer));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or InvalidOperationException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task ConverseAsync(Socket socket, Func<NetworkStream, CancellationToken, Task> answer)
    {
        await using var stream = new NetworkStream(socket, ownsSocket: true);
        try
        {
            while (await ReadRequestAsync(stream, _stop.Token) is { } request)
            {
                lock (_requests) _requests.Add(request);
                _arrived.TrySetResult();
                await answer(stream, _stop.Token);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The sender had enough.
        }
    }

    private static async Task<string?> ReadRequestAsync(NetworkStream stream, CancellationToken ct)
    {
        var bytes = new List<byte>();
        var one = new byte[1];
        while (!(bytes.Count >= 4 && bytes[^1] == '\n' && bytes[^2] == '\r' && bytes[^3] == '\n' && bytes[^4] == '\r'))
        {
            if (await stream.ReadAsync(one, ct) == 0) return null;
            bytes.Add(one[0]);
        }

        var head = Encoding.Latin1.GetString([.. bytes]);
        var length = head.Split("\r\n").Where(l => l.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase)).Select(l => int.Parse(l[15..], null)).FirstOrDefault();
        var body = new byte[length];
        await stream.ReadExactlyAsync(body, ct);
        return head + Encoding.UTF8.GetString(body);
    }
}
