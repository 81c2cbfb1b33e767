using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Mila.Benchmarks.Agenda;

/// <summary>nginx (Debian: nginx-light) that serves one file, with a worker a core and its usual settings.</summary>
internal sealed class Nginx : IAsyncDisposable
{
    private readonly Process _process;

    private Nginx(Process process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    public static async Task<Nginx> StartAsync(string folder, byte[] feed)
    {
        var root = Path.Combine(folder, "nginx");
        Directory.CreateDirectory(Path.Combine(root, "www", "feeds"));
        await File.WriteAllBytesAsync(Path.Combine(root, "www", "feeds", "events.ics"), feed);
        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        var port = ((IPEndPoint)socket.LocalEndpoint).Port;
        socket.Stop();
        var configuration = Path.Combine(root, "nginx.conf");
        await File.WriteAllTextAsync(configuration, $$"""
            worker_processes auto;
            daemon off;
            user root;
            pid {{root}}/nginx.pid;
            error_log {{root}}/error.log;
            events { worker_connections 1024; }
            http {
              access_log off;
              sendfile on;
              tcp_nopush on;
              keepalive_requests 100000000;
              open_file_cache max=10 inactive=60s;
              client_body_temp_path {{root}}/b; proxy_temp_path {{root}}/p; fastcgi_temp_path {{root}}/f; uwsgi_temp_path {{root}}/u; scgi_temp_path {{root}}/s;
              types { text/calendar ics; }
              server {
                listen 127.0.0.1:{{port}};
                root {{root}}/www;
                add_header Cache-Control "public, max-age=60, stale-while-revalidate=600, stale-if-error=86400";
                add_header X-Content-Type-Options nosniff;
                add_header Content-Security-Policy "default-src 'none'; frame-ancestors 'none'";
                add_header Access-Control-Allow-Origin *;
                add_header Referrer-Policy no-referrer;
                add_header Vary Accept-Encoding;
              }
            }
            """);
        var process = Process.Start(new ProcessStartInfo("nginx", ["-c", configuration, "-e", Path.Combine(root, "error.log")]) { UseShellExecute = false })!;
        var address = new Uri($"http://127.0.0.1:{port}");
        using var client = new HttpClient();
        for (var i = 0; ; i++)
        {
            try
            {
                if ((await client.GetByteArrayAsync(new Uri(address, "/feeds/events.ics"))).Length == feed.Length) return new Nginx(process, address);
            }
            catch (HttpRequestException) when (i < 100)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
