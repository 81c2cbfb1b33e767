using System.Net;
using System.Net.Sockets;
using System.Text;
using MimeKit;

namespace Mila.Host.Tests.Mail;

/// <summary>A mail server of a few lines on the loopback address, which answers as the test wishes and parses what it takes.</summary>
internal sealed class SmtpSink : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Queue<string> _answersToRecipients = new();
    private readonly Queue<string> _answersToData = new();
    private readonly Task _serving;

    public SmtpSink()
    {
        _listener.Start();
        _serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public List<MimeMessage> Taken { get; } = [];

    public List<string> Recipients { get; } = [];

    public int Connections { get; private set; }

    /// <summary>Hang up right after the greeting, this many times.</summary>
    public int HangUps { get; set; }

    public SmtpSink AnswerRecipients(params string[] answers) => Queued(_answersToRecipients, answers);

    public SmtpSink AnswerData(params string[] answers) => Queued(_answersToData, answers);

    /// <summary>As if it were new.</summary>
    public void Forget()
    {
        Taken.Clear();
        Recipients.Clear();
        _answersToRecipients.Clear();
        _answersToData.Clear();
        (Connections, HangUps) = (0, 0);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _serving;
        _stop.Dispose();
        _listener.Dispose();
    }

    private SmtpSink Queued(Queue<string> queue, string[] answers)
    {
        foreach (var answer in answers) queue.Enqueue(answer);
        return this;
    }

    private async Task ServeAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                Connections++;
                await ConverseAsync(client.GetStream(), _stop.Token);
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or IOException or ObjectDisposedException)
            {
                // The client hung up, or the test is over.
            }
        }
    }

    private async Task ConverseAsync(NetworkStream stream, CancellationToken ct)
    {
        using var reader = new StreamReader(stream, Encoding.Latin1);
        await using var writer = new StreamWriter(stream, Encoding.Latin1) { NewLine = "\r\n", AutoFlush = true };
        await writer.WriteLineAsync("220 sink".AsMemory(), ct);
        if (HangUps > 0)
        {
            HangUps--;
            return;
        }

        while (await reader.ReadLineAsync(ct) is { } command)
        {
            var answer = command.Split(' ', ':')[0].ToUpperInvariant() switch
            {
                "EHLO" => "250-sink\r\n250 8BITMIME",
                "RCPT" => AnswerTo(command),
                "DATA" => "354 go on",
                "QUIT" => "221 bye",
                _ => "250 ok",
            };
            await writer.WriteLineAsync(answer.AsMemory(), ct);
            if (answer[0] == '3') await writer.WriteLineAsync((await TakeAsync(reader, ct)).AsMemory(), ct);
            if (answer.StartsWith("221", StringComparison.Ordinal)) return;
        }
    }

    private string AnswerTo(string recipient)
    {
        if (_answersToRecipients.TryDequeue(out var answer)) return answer;

        Recipients.Add(recipient);
        return "250 ok";
    }

    private async Task<string> TakeAsync(StreamReader reader, CancellationToken ct)
    {
        var text = new StringBuilder();
        while (await reader.ReadLineAsync(ct) is { } line && line != ".") text.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
        if (_answersToData.TryDequeue(out var answer)) return answer;

        using var bytes = new MemoryStream(Encoding.Latin1.GetBytes(text.ToString()));
        Taken.Add(await MimeMessage.LoadAsync(bytes, ct));
        return "250 taken";
    }
}
