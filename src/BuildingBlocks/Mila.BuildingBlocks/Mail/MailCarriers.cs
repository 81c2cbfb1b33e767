using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MimeKit;
using Polly;
using Polly.Retry;

namespace Mila.BuildingBlocks.Mail;

/// <summary>Takes mails away.</summary>
internal interface IMailCarrier
{
    /// <summary>Returns once the mail is out of our hands.</summary>
    /// <exception cref="MailRefusedException">It will never be taken.</exception>
    /// <exception cref="MailDelayedException">It may be taken later.</exception>
    Task CarryAsync(Guid mailId, MimeMessage message, CancellationToken ct);
}

/// <summary>The server refuses this mail for good.</summary>
/// <param name="failure">A word without data of a person: messages of servers quote addresses, so they go no further.</param>
internal sealed class MailRefusedException(string failure) : Exception(failure);

/// <summary>The mail was not taken this time.</summary>
/// <param name="failure">A word without data of a person.</param>
internal sealed class MailDelayedException(string failure) : Exception(failure);

/// <summary>Hands mails to an SMTP server. Short faults of the network and of a busy server are tried again at once, the others later.</summary>
internal sealed class SmtpCarrier(SmtpSettings settings, TimeProvider clock) : IMailCarrier
{
    private readonly ResiliencePipeline _again = new ResiliencePipelineBuilder { TimeProvider = clock }
        .AddRetry(new RetryStrategyOptions
        {
            MaxRetryAttempts = 2,
            Delay = TimeSpan.FromMilliseconds(500),
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            ShouldHandle = new PredicateBuilder().Handle<Exception>(IsTransient),
        })
        .Build();

    public async Task CarryAsync(Guid mailId, MimeMessage message, CancellationToken ct)
    {
        try
        {
            await _again.ExecuteAsync(async token => await SendAsync(message, token), ct);
        }
        catch (SmtpCommandException fault) when ((int)fault.StatusCode >= 500 && fault.ErrorCode is SmtpErrorCode.RecipientNotAccepted or SmtpErrorCode.MessageNotAccepted)
        {
            throw new MailRefusedException($"smtp-{(int)fault.StatusCode}");
        }
        catch (SmtpCommandException fault)
        {
            throw new MailDelayedException($"smtp-{(int)fault.StatusCode}");
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            throw new MailDelayedException(fault.GetType().Name);
        }
    }

    private static bool IsTransient(Exception fault) => fault switch
    {
        SmtpCommandException refused => (int)refused.StatusCode is >= 400 and < 500,
        IOException or SocketException or ProtocolException => true,
        _ => false,
    };

    private async Task SendAsync(MimeMessage message, CancellationToken ct)
    {
        using var patience = new CancellationTokenSource(SmtpSettings.Patience, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
        using var client = new SmtpClient();
        await client.ConnectAsync(settings.Host, settings.Port, settings.Tls, either.Token);
        if (settings.User is { } user) await client.AuthenticateAsync(user, settings.Password ?? "", either.Token);
        await client.SendAsync(message, either.Token);
        try
        {
            await client.DisconnectAsync(quit: true, either.Token);
        }
        catch (Exception fault) when (fault is IOException or SocketException or ProtocolException or OperationCanceledException)
        {
            // The server has taken the mail: how it hangs up changes nothing, and sending again would be a second mail.
        }
    }
}

/// <summary>Writes mails as <c>.eml</c> files that any mail program opens. One mail is one file, however often it is written.</summary>
internal sealed class FileCarrier(string folder) : IMailCarrier
{
    public async Task CarryAsync(Guid mailId, MimeMessage message, CancellationToken ct)
    {
        MakeFolder();

        var path = Path.Combine(folder, $"{mailId}.eml");
        var unfinished = path + ".new";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        await using (var file = new FileStream(unfinished, options)) await message.WriteToAsync(file, ct);
        File.Move(unfinished, path, overwrite: true);
    }

    // Closed each time: a folder that was there before, or was copied, may be open to others.
    private void MakeFolder()
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
            return;
        }

        const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        Directory.CreateDirectory(folder, Owner);
        File.SetUnixFileMode(folder, Owner);
    }
}
