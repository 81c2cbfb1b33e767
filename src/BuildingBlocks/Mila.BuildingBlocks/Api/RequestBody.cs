using System.Buffers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Mila.BuildingBlocks.Results;

namespace Mila.BuildingBlocks.Api;

/// <summary>
/// Reads the body once, whole and bounded: refused when it is too large or is JSON that we do not read, and kept so that a request can be
/// taken again after a lost race and compared under its Idempotency-Key.
/// </summary>
internal sealed class RequestBody(byte[] bytes)
{
    public ReadOnlySpan<byte> Bytes => bytes;

    public void Rewind(HttpRequest request) => request.Body = new MemoryStream(bytes, writable: false);

    public static async Task ReadAsync(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        var body = new RequestBody(await ReadAsync(request, context.RequestAborted));
        // Routing lets a body without a type through to whatever reads it; what it may be is not guessed.
        if (body.Bytes.Length > 0 && string.IsNullOrEmpty(request.ContentType) && context.GetEndpoint()?.Metadata.GetMetadata<IAcceptsMetadata>() is not null) throw new RefusedException(ApiErrors.UnsupportedMediaType);
        if (body.Bytes.Length > 0 && request.HasJsonContentType() && JsonRules.Check(body.Bytes) is { } malformed) throw new RefusedException(malformed);

        body.Rewind(request);
        context.Features.Set(body);
        await next(context);
    }

    private static async Task<byte[]> ReadAsync(HttpRequest request, CancellationToken ct)
    {
        if (request.ContentLength > JsonRules.MaxBytes) throw new RefusedException(ApiErrors.TooLarge);
        if (request.ContentLength == 0) return [];

        var whole = new ArrayBufferWriter<byte>(Math.Max(256, (int)(request.ContentLength ?? 0)));
        while (true)
        {
            var read = await request.Body.ReadAsync(whole.GetMemory(256), ct);
            if (read == 0) return whole.WrittenSpan.ToArray();

            whole.Advance(read);
            if (whole.WrittenCount > JsonRules.MaxBytes) throw new RefusedException(ApiErrors.TooLarge);
        }
    }
}
