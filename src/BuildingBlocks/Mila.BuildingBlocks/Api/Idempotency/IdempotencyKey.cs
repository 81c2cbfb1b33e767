using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Mila.BuildingBlocks.Outbox;
using Mila.BuildingBlocks.Results;
using Npgsql;

namespace Mila.BuildingBlocks.Api.Idempotency;

/// <summary>
/// Idempotency-Key on any POST (API.md R2). The answer is kept in the very transaction of the effect, which this owns:
/// there is no moment at which one exists without the other. An answer may hold a secret that is shown once, such as a new key: it is sealed with
/// a key made from the Idempotency-Key itself, which the table does not hold, so that only the caller who sent it can have it again.
/// </summary>
internal sealed class IdempotencyKey(NpgsqlDataSource database, OutboxBell bell, IOptions<OutboxOptions> outbox, TimeProvider clock)
{
    /// <summary>How long an answer is kept.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    private const int MaxLength = 255;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    internal static readonly string[] KeptHeaders = ["Content-Type", "Location", "ETag", "Link", "Cache-Control"];

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var sent = context.Request.Headers["Idempotency-Key"];
        if (!HttpMethods.IsPost(context.Request.Method) || sent.Count == 0)
        {
            await next(context);
            return;
        }

        if (sent is not [{ Length: > 0 and <= MaxLength } key] || key.Any(c => c is < ' ' or > '~')) throw new RefusedException(IdempotencyErrors.KeyMalformed);

        var name = NameOf(context, key);
        var claim = new IdempotencyClaim(context, name, SHA256.HashData(context.Features.Get<RequestBody>() is { } body ? body.Bytes : []), SealOf(name, key));
        if (context.GetEndpoint()?.Metadata.GetMetadata<AnswersKeptBySlice>() is not null)
        {
            await RunClaimedAsync(context, next, claim);
            return;
        }

        await using var connection = await database.OpenConnectionAsync(context.RequestAborted);
        await using var transaction = await connection.BeginTransactionAsync(context.RequestAborted);
        if (await IdempotencyClaim.FindAsync(connection, claim, clock.GetUtcNow(), context.RequestAborted) is { } answer) await answer.ExecuteAsync(context);
        else await RunAsync(context, next, transaction, claim);
    }

    /// <summary>The slice looks the answer up and keeps it, in the transaction that it shares with other requests. What never came so far had no effect, and is kept here.</summary>
    private async Task RunClaimedAsync(HttpContext context, RequestDelegate next, IdempotencyClaim claim)
    {
        context.Features.Set(claim);
        var answer = context.Response.Body;
        using var buffer = new MemoryStream();
        context.Response.Body = buffer;
        try
        {
            await next(context);
        }
        finally
        {
            context.Response.Body = answer;
        }

        if (!claim.IsSettled && context.Response.StatusCode < 500)
        {
            await using var connection = await database.OpenConnectionAsync(context.RequestAborted);
            await using var batch = new NpgsqlBatch(connection) { BatchCommands = { claim.Insert(IdempotencyClaim.AnswerOf(context.Response, buffer.ToArray()), clock.GetUtcNow(), "do nothing") } };
            await batch.ExecuteNonQueryAsync(context.RequestAborted);
        }

        buffer.Position = 0;
        await buffer.CopyToAsync(answer, context.RequestAborted);
    }

    private async Task RunAsync(HttpContext context, RequestDelegate next, NpgsqlTransaction transaction, IdempotencyClaim claim)
    {
        var ambient = context.RequestServices.GetRequiredService<AmbientTransaction>();
        ambient.Transaction = transaction;
        var answer = context.Response.Body;
        using var buffer = new MemoryStream();
        context.Response.Body = buffer;
        try
        {
            await next(context);
            if (context.Response.StatusCode < 500)
            {
                await KeepAsync(transaction.Connection!, claim, IdempotencyClaim.AnswerOf(context.Response, buffer.ToArray()), context.RequestAborted);
                await OutboxInsert.WriteAsync(transaction.Connection!, ambient.TakeRows(), outbox.Value.LocksBuckets, context.RequestAborted);
                await transaction.CommitAsync(CancellationToken.None);
                bell.Ring(ambient.TakeWritten());
            }
        }
        finally
        {
            ambient.Transaction = null;
            context.Response.Body = answer;
        }

        buffer.Position = 0;
        await buffer.CopyToAsync(answer, context.RequestAborted);
    }

    private async Task KeepAsync(NpgsqlConnection connection, IdempotencyClaim claim, AnswerBytes answer, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                claim.Insert(answer, now, IdempotencyClaim.Renewal),
                // Each answer kept sweeps out a few that are too old: the table stays small without anybody's timer.
                new("delete from mila.idempotency where key in (select key from mila.idempotency where kept_at <= $1 order by kept_at limit 10 for update skip locked)")
                {
                    Parameters = { new() { Value = (now - Kept).UtcDateTime } },
                },
            },
        };
        await batch.ExecuteNonQueryAsync(ct);
    }

    private static byte[] NameOf(HttpContext context, string key)
    {
        var who = context.User.FindFirstValue(ClaimTypes.NameIdentifier) ?? $"anonymous {context.Connection.RemoteIpAddress}";
        return SHA256.HashData(Encoding.UTF8.GetBytes($"{who}\n{context.Request.Method}\n{context.Request.Path}\n{key}"));
    }

    private static byte[] SealOf(byte[] name, string key) => HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(key), 32, salt: name, info: "mila idempotency"u8.ToArray());

    internal static byte[] Sealed(byte[] body, byte[] seal)
    {
        using var aes = new AesGcm(seal, TagBytes);
        var nonce = RandomNumberGenerator.GetBytes(NonceBytes);
        var (cipher, tag) = (new byte[body.Length], new byte[TagBytes]);
        aes.Encrypt(nonce, body, cipher, tag);
        return [.. nonce, .. tag, .. cipher];
    }

    internal static byte[] Opened(byte[] sealedBody, byte[] seal)
    {
        using var aes = new AesGcm(seal, TagBytes);
        var body = new byte[sealedBody.Length - NonceBytes - TagBytes];
        aes.Decrypt(sealedBody.AsSpan(0, NonceBytes), sealedBody.AsSpan(NonceBytes + TagBytes), sealedBody.AsSpan(NonceBytes, TagBytes), body);
        return body;
    }
}
