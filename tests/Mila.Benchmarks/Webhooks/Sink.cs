using System.Buffers.Text;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Mila.Benchmarks.Webhooks;

/// <summary>Receivers as cheap as they can be, in a process of their own: each port answers every POST with an empty 200, after a pause where one is asked for.</summary>
internal static class Sink
{
    /// <summary>First word on the command line of the benchmarks.</summary>
    public const string Mode = "webhook-sink";

    private static readonly byte[] Answer = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"u8.ToArray();

    /// <summary>Listens until its input ends; prints a port a line and then <c>ready</c>.</summary>
    public static async Task<int> RunAsync(int ports, TimeSpan pause)
    {
        for (var i = 0; i < ports; i++)
        {
            var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start(1024);
            _ = AcceptAsync(listener, pause);
            Console.WriteLine(((IPEndPoint)listener.LocalEndpoint).Port);
        }

        Console.WriteLine("ready");
        while (await Console.In.ReadLineAsync() is not null)
        {
            // Until whoever started this ends it.
        }

        return 0;
    }

    private static async Task AcceptAsync(TcpListener listener, TimeSpan pause)
    {
        while (true) _ = ServeAsync(await listener.AcceptSocketAsync(), pause);
    }

    private static async Task ServeAsync(Socket socket, TimeSpan pause)
    {
        using var _ = socket;
        socket.NoDelay = true;
        var buffer = new byte[16 * 1024];
        var filled = 0;
        try
        {
            while (true)
            {
                var read = await socket.ReceiveAsync(buffer.AsMemory(filled));
                if (read == 0) return;

                filled += read;
                while (WholeRequest(buffer.AsSpan(0, filled)) is var length and > 0)
                {
                    buffer.AsSpan(length, filled - length).CopyTo(buffer);
                    filled -= length;
                    if (pause > TimeSpan.Zero) await Task.Delay(pause, TimeProvider.System);
                    await socket.SendAsync(Answer);
                }
            }
        }
        catch (SocketException)
        {
            // The sender has gone.
        }
    }

    /// <summary>The length of the first request when all of it is here, else 0.</summary>
    private static int WholeRequest(ReadOnlySpan<byte> bytes)
    {
        var head = bytes.IndexOf("\r\n\r\n"u8);
        if (head < 0) return 0;

        var at = bytes[..head].IndexOf("Content-Length: "u8);
        var body = at >= 0 && Utf8Parser.TryParse(bytes[(at + 16)..head], out int length, out _) ? length : 0;
        return bytes.Length >= head + 4 + body ? head + 4 + body : 0;
    }

    /// <summary>Such receivers, started from here.</summary>
    internal sealed class Receivers : IAsyncDisposable
    {
        private readonly Process _process;

        private Receivers(Process process, IReadOnlyList<Uri> urls) => (_process, Urls) = (process, urls);

        public IReadOnlyList<Uri> Urls { get; }

        public static async Task<Receivers> StartAsync(int ports, TimeSpan pause)
        {
            var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Mila.Benchmarks.dll"), Mode, ports.ToString(CultureInfo.InvariantCulture), pause.TotalMilliseconds.ToString(CultureInfo.InvariantCulture)])
            {
                UseShellExecute = false,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            };
            var process = Process.Start(start)!;
            var urls = new List<Uri>();
            while (await process.StandardOutput.ReadLineAsync() is { } line && line != "ready") urls.Add(new Uri($"http://127.0.0.1:{line}/hooks"));
            return new Receivers(process, urls);
        }

        public async ValueTask DisposeAsync()
        {
            _process.StandardInput.Close();
            await _process.WaitForExitAsync();
            _process.Dispose();
        }
    }
}
