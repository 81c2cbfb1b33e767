using System.Buffers.Binary;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Mila.BuildingBlocks.Outbox;
using Mila.BuildingBlocks.Results;
using Npgsql;
using NpgsqlTypes;

namespace Mila.BuildingBlocks.Api.Idempotency;

/// <summary>
/// Idempotency-Key on any POST (API.md R2). The answer is kept in the very transaction of the effect, which this owns:
/// there is no moment at which one exists without the other. An answer may hold a secret that is shown once, such as a new key: it is sealed with
/// a key made from the Idempotency-Key itself, which the table does not hold, so that only the caller who sent it can have it again.
/// </summary>
internal sealed class IdempotencyKey(NpgsqlDataSource database, OutboxBell bell, TimeProvider clock)
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
        var hash = SHA256.HashData(context.Features.Get<RequestBody>() is { } body ? body.Bytes : []);
        if (context.GetEndpoint()?.Metadata.GetMetadata<AnswersKeptBySlice>() is not null)
        {
            await RunClaimedAsync(context, next, new IdempotencyClaim(context, name, hash, SealOf(name, key)));
            return;
        }

        await using var connection = await database.OpenConnectionAsync(context.RequestAborted);
        await using var transaction = await connection.BeginTransactionAsync(context.RequestAborted);
        switch (await FindAsync(connection, name, context.RequestAborted))
        {
            case { Locked: false }:
                context.Response.Headers.RetryAfter = "1";
                await ProblemPipeline.WriteAsync(context, IdempotencyErrors.StillRunning);
                return;
            case { Kept: { } kept } when !kept.RequestHash.AsSpan().SequenceEqual(hash):
                await ProblemPipeline.WriteAsync(context, IdempotencyErrors.KeyReused);
                return;
            case { Kept: { } kept }:
                await ReplayAsync(context, kept, SealOf(name, key));
                return;
        }

        await RunAsync(context, next, connection, transaction, name, hash, SealOf(name, key));
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

    private async Task RunAsync(HttpContext context, RequestDelegate next, NpgsqlConnection connection, NpgsqlTransaction transaction, byte[] name, byte[] hash, byte[] seal)
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
                await KeepAsync(connection, context.Response, name, hash, Sealed(buffer.ToArray(), seal), context.RequestAborted);
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

    private async Task<(bool Locked, Answer? Kept)> FindAsync(NpgsqlConnection connection, byte[] name, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new("select pg_try_advisory_xact_lock($1)") { Parameters = { new() { Value = BinaryPrimitives.ReadInt64LittleEndian(name) } } },
                new("select request_hash, status, headers, body from mila.idempotency where key = $1 and kept_at > $2")
                {
                    Parameters = { new() { Value = name }, new() { Value = (clock.GetUtcNow() - Kept).UtcDateTime } },
                },
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        if (!reader.GetBoolean(0)) return (false, null);

        await reader.NextResultAsync(ct);
        if (!await reader.ReadAsync(ct)) return (true, null);

        return (true, new Answer((byte[])reader[0], reader.GetInt32(1), JsonSerializer.Deserialize<Dictionary<string, string>>(reader.GetString(2))!, (byte[])reader[3]));
    }

    private async Task KeepAsync(NpgsqlConnection connection, HttpResponse response, byte[] name, byte[] hash, byte[] body, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var headers = KeptHeaders.Where(h => response.Headers.ContainsKey(h)).ToDictionary(h => h, h => response.Headers[h].ToString());
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new("""
                    insert into mila.idempotency (key, request_hash, status, headers, body, kept_at) values ($1, $2, $3, $4, $5, $6)
                    on conflict (key) do update set request_hash = $2, status = $3, headers = $4, body = $5, kept_at = $6
                    """)
                {
                    Parameters =
                    {
                        new() { Value = name }, new() { Value = hash }, new() { Value = response.StatusCode },
                        new() { Value = JsonSerializer.Serialize(headers), NpgsqlDbType = NpgsqlDbType.Jsonb }, new() { Value = body }, new() { Value = now },
                    },
                },
                // Each answer kept sweeps out a few that are too old: the table stays small without anybody's timer.
                new("delete from mila.idempotency where key in (select key from mila.idempotency where kept_at <= $1 order by kept_at limit 10 for update skip locked)")
                {
                    Parameters = { new() { Value = now - Kept } },
                },
            },
        };
        await batch.ExecuteNonQueryAsync(ct);
    }

    private static async Task ReplayAsync(HttpContext context, Answer kept, byte[] seal)
    {
        context.Response.StatusCode = kept.Status;
        foreach (var (header, value) in kept.Headers) context.Response.Headers[header] = value;
        context.Response.Headers["Idempotent-Replayed"] = "true";
        await context.Response.Body.WriteAsync(Opened(kept.Body, seal), context.RequestAborted);
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

    private sealed record Answer(byte[] RequestHash, int Status, Dictionary<string, string> Headers, byte[] Body);
}
