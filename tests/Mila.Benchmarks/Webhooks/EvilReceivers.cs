using System.Collections.Concurrent;
using System.Diagnostics;
using System.IO.Compression;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Mila.Benchmarks.Webhooks;

/// <summary>Receivers that misbehave in every way known to us, in a process of their own, so that what they cost the sender can be seen.</summary>
internal static class EvilReceivers
{
    /// <summary>First word on the command line of the benchmarks.</summary>
    public const string Mode = "webhook-evil";

    private static readonly byte[] s_zeros = new byte[64 * 1024];
    private static readonly ConcurrentBag<IDisposable> s_kept = [];
    private static int s_followed;

    /// <summary>Listens until its input ends; prints a kind and its address a line and then <c>ready</c>, and at the end how many followed the redirect.</summary>
    public static async Task<int> RunAsync()
    {
        var bomb = Bomb();
        var hidden = Listen((stream, _) =>
        {
            Interlocked.Increment(ref s_followed);
            return stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"u8.ToArray()).AsTask();
        });
        Say("hangs before accept", Deaf());
        Say("hangs after accept", Listen((_, _) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System)));
        Say("hangs after headers", Listen(async (stream, _) =>
        {
            await WriteAsync(stream, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n");
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System);
        }));
        Say("one byte a second", Listen(async (stream, _) =>
        {
            foreach (var letter in "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n" + new string('x', 100_000))
            {
                await WriteAsync(stream, letter.ToString());
                await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System);
            }
        }));
        Say("endless body", Listen(async (stream, _) =>
        {
            await WriteAsync(stream, "HTTP/1.1 200 OK\r\n\r\n");
            while (true) await stream.WriteAsync(s_zeros);
        }));
        Say("endless chunks", Listen(async (stream, _) =>
        {
            await WriteAsync(stream, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            while (true) await WriteAsync(stream, "1\r\nx\r\n");
        }));
        Say("endless headers", Listen(async (stream, _) =>
        {
            await WriteAsync(stream, "HTTP/1.1 200 OK\r\n");
            while (true) await WriteAsync(stream, $"X-Long: {new string('x', 4000)}\r\n");
        }));
        Say("gzip bomb", Listen(async (stream, _) =>
        {
            await WriteAsync(stream, $"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {bomb.Length}\r\n\r\n");
            await stream.WriteAsync(bomb);
        }));
        Say("redirect to loopback", Listen((stream, _) => WriteAsync(stream, $"HTTP/1.1 307 Elsewhere\r\nLocation: {hidden}\r\nContent-Length: 0\r\n\r\n")));
        Say("reset after 200", Listen(async (stream, socket) =>
        {
            await WriteAsync(stream, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
            socket.LingerState = new LingerOption(true, 0);
            socket.Close();
        }));
        Say("bad chunking", Listen((stream, _) => WriteAsync(stream, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzzzz\r\nno\r\n")));
        Say("expired TLS", Secure(Certificate(2020, 2021)));
        Say("self-signed TLS", Secure(Certificate(2020, 2090)));
        Console.WriteLine("ready");
        while (await Console.In.ReadLineAsync() is not null)
        {
            // Until whoever started this ends it.
        }

        Console.WriteLine(s_followed);
        return 0;
    }

    private static void Say(string kind, Uri url) => Console.WriteLine($"{kind}\t{url}");

    private static Task WriteAsync(Stream stream, string text) => stream.WriteAsync(Encoding.Latin1.GetBytes(text)).AsTask();

    private static Uri Listen(Func<Stream, Socket, Task> answer)
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start(1024);
        _ = AcceptAsync(listener, async socket =>
        {
            await using var stream = new NetworkStream(socket, ownsSocket: true);
            var request = new byte[16 * 1024];
            while (await stream.ReadAsync(request) > 0) await answer(stream, socket);
        });
        return new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/hooks");
    }

    private static Uri Secure(X509Certificate2 certificate)
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start(1024);
        _ = AcceptAsync(listener, async socket =>
        {
            await using var tls = new SslStream(new NetworkStream(socket, ownsSocket: true));
            await tls.AuthenticateAsServerAsync(certificate);
            await WriteAsync(tls, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        });
        return new Uri($"https://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/hooks");
    }

    private static async Task AcceptAsync(TcpListener listener, Func<Socket, Task> converse)
    {
        while (true) _ = ServeAsync(await listener.AcceptSocketAsync(), converse);
    }

    private static async Task ServeAsync(Socket socket, Func<Socket, Task> converse)
    {
        // Who hangs for ever is held by nobody else, and would be hung up on by the garbage collector.
        s_kept.Add(socket);
        try
        {
            await converse(socket);
        }
        catch (Exception gone) when (gone is IOException or SocketException or ObjectDisposedException or System.Security.Authentication.AuthenticationException)
        {
            // The sender had enough.
        }
    }

    /// <summary>Nobody accepts, and the queue is full: the next SYN is swallowed.</summary>
    private static Uri Deaf()
    {
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(0);
        s_kept.Add(listener);
        for (var i = 0; i < 8; i++)
        {
            var filler = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            s_kept.Add(filler);
            _ = filler.ConnectAsync(listener.LocalEndPoint!);
        }

        return new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndPoint!).Port}/hooks");
    }

    /// <summary>A megabyte that would be a gigabyte.</summary>
    private static byte[] Bomb()
    {
        using var bomb = new MemoryStream();
        using (var gzip = new GZipStream(bomb, CompressionLevel.Fastest, leaveOpen: true))
        {
            for (var i = 0; i < 4 * 1024; i++) gzip.Write(s_zeros);
        }

        return bomb.ToArray();
    }

    private static X509Certificate2 Certificate(int from, int until)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        using var made = request.CreateSelfSigned(new DateTimeOffset(from, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(until, 1, 1, 0, 0, 0, TimeSpan.Zero));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }

    /// <summary>Such receivers, started from here.</summary>
    internal sealed class Crowd
    {
        private readonly Process _process;

        private Crowd(Process process, IReadOnlyList<(string Kind, Uri Url)> all) => (_process, All) = (process, all);

        public IReadOnlyList<(string Kind, Uri Url)> All { get; }

        public static async Task<Crowd> StartAsync()
        {
            var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Mila.Benchmarks.dll"), Mode]) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true };
            var process = Process.Start(start)!;
            var all = new List<(string, Uri)>();
            while (await process.StandardOutput.ReadLineAsync() is { } line && line != "ready") all.Add((line.Split('\t')[0], new Uri(line.Split('\t')[1])));
            return new Crowd(process, all);
        }

        /// <summary>Ends it. Answers how many followed the redirect.</summary>
        public async Task<int> EndAsync()
        {
            _process.StandardInput.Close();
            var followed = int.Parse((await _process.StandardOutput.ReadLineAsync())!, System.Globalization.CultureInfo.InvariantCulture);
            await _process.WaitForExitAsync();
            _process.Dispose();
            return followed;
        }
    }
}
