using System.Net;
using System.Net.Sockets;

namespace Mila.Partners.Tests.Webhooks.Guard;

/// <summary>Listening sockets on every address of this machine, on a port that webhooks may use: whoever connects is counted and sent away.</summary>
internal sealed class Canaries : IAsyncDisposable
{
    internal const int Port = 8443;
    private readonly Socket _socket = new(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp) { DualMode = true };
    private readonly Task _accepting;
    private int _hits;

    private Canaries()
    {
        _socket.Bind(new IPEndPoint(IPAddress.IPv6Any, Port));
        _socket.Listen(256);
        _accepting = AcceptAsync();
    }

    /// <summary>How many TCP connections were made to them.</summary>
    internal int Hits => Volatile.Read(ref _hits);

    /// <summary>Listens, as soon as nobody else does.</summary>
    internal static async Task<Canaries> StartAsync()
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                return new Canaries();
            }
            catch (SocketException taken) when (taken.SocketErrorCode == SocketError.AddressAlreadyInUse && tries < 600)
            {
                await Task.Delay(100);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        await _accepting;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                using var caller = await _socket.AcceptAsync();
                Interlocked.Increment(ref _hits);
            }
        }
        catch (Exception over) when (over is SocketException or ObjectDisposedException)
        {
            // The trial is over.
        }
    }
}
