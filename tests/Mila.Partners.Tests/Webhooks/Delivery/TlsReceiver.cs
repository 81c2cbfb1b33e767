using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Mila.Partners.Tests.Webhooks.Delivery;

/// <summary>A receiver behind TLS with a certificate of the test's choice; answers 204 to each who goes on.</summary>
internal sealed class TlsReceiver : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly X509Certificate2 _certificate;
    private readonly Task _serving;
    private int _requests;

    private TlsReceiver(X509Certificate2 certificate)
    {
        _certificate = certificate;
        _listener.Start();
        _serving = ServeAsync();
    }

    internal Uri Url => new($"https://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/hooks");

    /// <summary>How many came past the handshake and asked for something.</summary>
    internal int Requests => Volatile.Read(ref _requests);

    internal static TlsReceiver Start(X509Certificate2 certificate) => new(certificate);

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _serving;
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync();
                await ConverseAsync(client);
            }
        }
        catch (Exception over) when (over is SocketException or InvalidOperationException)
        {
            // The trial is over.
        }
    }

    private async Task ConverseAsync(TcpClient client)
    {
        try
        {
            await using var tls = new SslStream(client.GetStream());
            // Offline: the receiver itself looks for nothing that its certificate names.
            await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificateContext = SslStreamCertificateContext.Create(_certificate, null, offline: true) });
            if (await tls.ReadAsync(new byte[4096]) == 0) return;

            Interlocked.Increment(ref _requests);
            await tls.WriteAsync("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"u8.ToArray());
            while (await tls.ReadAsync(new byte[4096]) > 0)
            {
                // Until it has gone.
            }
        }
        catch (Exception refused) when (refused is AuthenticationException or IOException)
        {
            // It did not like the certificate.
        }
    }
}
