using System.Buffers.Binary;
using System.Data.Common;
using System.Diagnostics;
using System.Text.Json;
using Marten;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Mila.BuildingBlocks.Results;
using Npgsql;
using NpgsqlTypes;
using Weasel.Core;
using Weasel.Storage;
using IStorageOperation = Weasel.Storage.IStorageOperation;

namespace Mila.BuildingBlocks.Api.Idempotency;

/// <summary>
/// A request with an Idempotency-Key on an operation that answers many requests in one transaction: the slice looks up what was answered before, and keeps what it
/// answers now, in that transaction. A transaction of the request's own, as <see cref="IdempotencyKey"/> gives to all others, would be a second one beside the effect,
/// and would hold a connection while it waits for the first.
/// </summary>
public sealed class IdempotencyClaim
{
    /// <summary>What becomes of an answer that is there already: it is too old to be given, and makes room.</summary>
    internal const string Renewal = "do update set request_hash = excluded.request_hash, status = excluded.status, headers = excluded.headers, body = excluded.body, kept_at = excluded.kept_at";

    private readonly HttpContext _context;
    private readonly Activity? _activity = Activity.Current;
    private readonly byte[] _name;
    private readonly byte[] _hash;
    private readonly byte[] _seal;

    internal IdempotencyClaim(HttpContext context, byte[] name, byte[] hash, byte[] seal) => (_context, _name, _hash, _seal) = (context, name, hash, seal);

    /// <summary>True once the slice has answered it.</summary>
    internal bool IsSettled { get; private set; }

    /// <summary>The claim of this request; null when it carries no key.</summary>
    public static IdempotencyClaim? Of(HttpContext context) => context.Features.Get<IdempotencyClaim>();

    /// <summary>Two statements for the slice's own batch, in the transaction that will keep the answers: lock the keys until it ends, and find what was answered under them.</summary>
    /// <param name="claims">One or more, each by itself; two of one name in one batch: the second is still running.</param>
    /// <param name="now">Answers are kept for 24 hours.</param>
    public static IReadOnlyList<NpgsqlBatchCommand> Lookups(IReadOnlyList<IdempotencyClaim> claims, DateTimeOffset now) =>
    [
        new("select pg_try_advisory_xact_lock(l) from unnest($1) with ordinality u(l, n) order by n")
        {
            Parameters = { new() { Value = claims.Select(c => BinaryPrimitives.ReadInt64LittleEndian(c._name)).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint } },
        },
        new("select key, request_hash, status, headers::text, body from mila.idempotency where key = any($1) and kept_at > $2")
        {
            Parameters =
            {
                new() { Value = claims.Select(c => c._name).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea },
                new() { Value = (now - IdempotencyKey.Kept).UtcDateTime },
            },
        },
    ];

    /// <summary>The same for one request, in a batch of its own.</summary>
    internal static async Task<KeptAnswer?> FindAsync(NpgsqlConnection connection, IdempotencyClaim claim, DateTimeOffset now, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(connection);
        foreach (var lookup in Lookups([claim], now)) batch.BatchCommands.Add(lookup);
        await using var reader = await batch.ExecuteReaderAsync(ct);
        return (await ReadAsync(reader, [claim], ct))[0];
    }

    /// <summary>What they found; the reader stands at the first of the two.</summary>
    /// <returns>For each claim the answer to give at once, or null where the request is new.</returns>
    public static async Task<IReadOnlyList<KeptAnswer?>> ReadAsync(NpgsqlDataReader reader, IReadOnlyList<IdempotencyClaim> claims, CancellationToken ct)
    {
        var locked = new List<bool>(claims.Count);
        while (await reader.ReadAsync(ct)) locked.Add(reader.GetBoolean(0));

        await reader.NextResultAsync(ct);
        var kept = new Dictionary<string, (byte[] Hash, int Status, string Headers, byte[] Body)>(StringComparer.Ordinal);
        while (await reader.ReadAsync(ct)) kept[Convert.ToHexString((byte[])reader[0])] = ((byte[])reader[1], reader.GetInt32(2), reader.GetString(3), (byte[])reader[4]);

        var seen = new HashSet<string>(StringComparer.Ordinal);
        return [.. claims.Select((claim, i) => claim.Standing(locked[i] && seen.Add(Convert.ToHexString(claim._name)), kept))];
    }

    /// <summary>Keeps these answers with the session's next commit, by one statement.</summary>
    /// <returns>The answers to give, in the same order: byte for byte what is kept.</returns>
    public static async Task<IReadOnlyList<KeptAnswer>> KeepAsync(IDocumentSession session, IReadOnlyList<(IdempotencyClaim Claim, IResult Result)> answered, DateTimeOffset now)
    {
        if (answered.Count == 0) return [];

        var kept = new List<(IdempotencyClaim Claim, AnswerBytes Answer)>(answered.Count);
        foreach (var (claim, result) in answered)
        {
            claim.IsSettled = true;
            kept.Add((claim, await claim.ComposeAsync(result)));
        }

        session.QueueOperation(new Keeping(kept, now));
        return [.. kept.Select(k => new KeptAnswer(context => k.Answer.WriteAsync(context, isReplay: false)))];
    }

    internal static AnswerBytes AnswerOf(HttpResponse response, byte[] body) =>
        new(response.StatusCode, IdempotencyKey.KeptHeaders.Where(response.Headers.ContainsKey).ToDictionary(h => h, h => response.Headers[h].ToString()), body);

    internal NpgsqlBatchCommand Insert(AnswerBytes answer, DateTimeOffset now, string otherwise) =>
        new($"insert into mila.idempotency (key, request_hash, status, headers, body, kept_at) values ($1, $2, $3, $4, $5, $6) on conflict (key) {otherwise}")
        {
            Parameters =
            {
                new() { Value = _name }, new() { Value = _hash }, new() { Value = answer.Status }, new() { Value = JsonSerializer.Serialize(answer.Headers), NpgsqlDbType = NpgsqlDbType.Jsonb },
                new() { Value = IdempotencyKey.Sealed(answer.Body, _seal) }, new() { Value = now.UtcDateTime },
            },
        };

    private KeptAnswer? Standing(bool locked, Dictionary<string, (byte[] Hash, int Status, string Headers, byte[] Body)> kept)
    {
        IsSettled = true;
        if (!locked)
        {
            return new KeptAnswer(context =>
            {
                context.Response.Headers.RetryAfter = "1";
                return ProblemPipeline.WriteAsync(context, IdempotencyErrors.StillRunning);
            });
        }

        if (!kept.TryGetValue(Convert.ToHexString(_name), out var found))
        {
            IsSettled = false;
            return null;
        }

        if (!found.Hash.AsSpan().SequenceEqual(_hash)) return new KeptAnswer(context => ProblemPipeline.WriteAsync(context, IdempotencyErrors.KeyReused));

        var answer = new AnswerBytes(found.Status, JsonSerializer.Deserialize<Dictionary<string, string>>(found.Headers)!, IdempotencyKey.Opened(found.Body, _seal));
        return new KeptAnswer(context => answer.WriteAsync(context, isReplay: true));
    }

    /// <summary>The answer in bytes, as the caller will have it: its language, its address, its trace.</summary>
    private async Task<AnswerBytes> ComposeAsync(IResult result)
    {
        var (request, body) = (_context.Request, new MemoryStream());
        var scratch = new DefaultHttpContext { RequestServices = _context.RequestServices, TraceIdentifier = _context.TraceIdentifier };
        (scratch.Request.Method, scratch.Request.Path, scratch.Request.Headers.AcceptLanguage, scratch.Response.Body) = (request.Method, request.Path, request.Headers.AcceptLanguage, body);
        var mine = Activity.Current;
        Activity.Current = _activity;
        try
        {
            if (result is ProblemHttpResult { ProblemDetails: Problems.LocalizedProblem problem })
            {
                problem.Complete(scratch);
                scratch.Response.Headers.CacheControl = "no-store";
            }

            await result.ExecuteAsync(scratch);
        }
        finally
        {
            Activity.Current = mine;
        }

        return AnswerOf(scratch.Response, body.ToArray());
    }

    // It answers no rows: without saying so, the versions that other operations of the commit answer would be read one too early.
    private sealed class Keeping(IReadOnlyList<(IdempotencyClaim Claim, AnswerBytes Answer)> kept, DateTimeOffset now) : IStorageOperation, NoDataReturnedCall
    {
        public Type DocumentType => typeof(Marten.Storage.StorageFeatures);

        public OperationRole Role() => OperationRole.Other;

        public void ConfigureCommand(ICommandBuilder builder, IStorageSession session)
        {
            var postgres = (Weasel.Postgresql.ICommandBuilder)builder;
            builder.Append("insert into mila.idempotency (key, request_hash, status, headers, body, kept_at) select u.*, ");
            postgres.AppendParameter(now.UtcDateTime, NpgsqlDbType.TimestampTz);
            builder.Append(" from unnest(");
            postgres.AppendParameter(kept.Select(k => k.Claim._name).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Bytea);
            builder.Append(", ");
            postgres.AppendParameter(kept.Select(k => k.Claim._hash).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Bytea);
            builder.Append(", ");
            postgres.AppendParameter(kept.Select(k => k.Answer.Status).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Integer);
            builder.Append(", ");
            postgres.AppendParameter(kept.Select(k => JsonSerializer.Serialize(k.Answer.Headers)).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Jsonb);
            builder.Append(", ");
            postgres.AppendParameter(kept.Select(k => IdempotencyKey.Sealed(k.Answer.Body, k.Claim._seal)).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Bytea);
            builder.Append($") u on conflict (key) {Renewal}");
            if (kept.All(k => k.Claim._name[0] >= 16)) return;

            // One answer in sixteen sweeps out some that are too old.
            builder.StartNewCommand();
            builder.Append("delete from mila.idempotency where key in (select key from mila.idempotency where kept_at <= ");
            postgres.AppendParameter((now - IdempotencyKey.Kept).UtcDateTime, NpgsqlDbType.TimestampTz);
            builder.Append(" order by kept_at limit 200 for update skip locked)");
        }

        public Task PostprocessAsync(DbDataReader reader, IList<Exception> exceptions, CancellationToken token) => Task.CompletedTask;
    }
}

/// <summary>What a slice answers when the request carries an Idempotency-Key: the answer that is kept, or the first one again.</summary>
public sealed class KeptAnswer : IResult
{
    private readonly Func<HttpContext, Task> _write;

    internal KeptAnswer(Func<HttpContext, Task> write) => _write = write;

    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext) => _write(httpContext);
}

/// <summary>An answer in its exact bytes.</summary>
internal sealed record AnswerBytes(int Status, Dictionary<string, string> Headers, byte[] Body)
{
    public async Task WriteAsync(HttpContext context, bool isReplay)
    {
        context.Response.StatusCode = Status;
        foreach (var (header, value) in Headers) context.Response.Headers[header] = value;
        if (isReplay) context.Response.Headers["Idempotent-Replayed"] = "true";
        await context.Response.Body.WriteAsync(Body, context.RequestAborted);
    }
}

/// <summary>Says of an operation that its slice keeps its answers, by <see cref="IdempotencyClaim"/>.</summary>
internal sealed class AnswersKeptBySlice;

/// <summary>Routes that answer many requests in one transaction.</summary>
public static class IdempotencyRouting
{
    /// <summary>The slice looks up and keeps what is answered under an Idempotency-Key, by <see cref="IdempotencyClaim"/>.</summary>
    public static RouteHandlerBuilder KeepsItsAnswers(this RouteHandlerBuilder route) => route.WithMetadata(new AnswersKeptBySlice());
}
