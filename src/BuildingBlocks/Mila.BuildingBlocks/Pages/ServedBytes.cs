using System.IO.Compression;
using System.IO.Hashing;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Mila.BuildingBlocks.Pages;

/// <summary>Bytes that are written once and served often, in the encodings that clients ask for; each has its own strong tag (API.md F1, RFC 9110 section 8.8.3).</summary>
public sealed class ServedBytes
{
    private readonly Encoded[] _encodings;
    private readonly string _contentType;
    private readonly string _cacheControl;

    /// <param name="bytes">The bytes as they are.</param>
    /// <param name="contentType">Their media type.</param>
    /// <param name="cacheControl">How long they may be kept.</param>
    public ServedBytes(byte[] bytes, string contentType, string cacheControl)
    {
        (_contentType, _cacheControl) = (contentType, cacheControl);
        Hash = Convert.ToHexStringLower(XxHash128.Hash(bytes));
        _encodings = [new("br", Compress(bytes, s => new BrotliStream(s, CompressionLevel.Fastest)), $"\"{Hash}-br\""), new("gzip", Compress(bytes, s => new GZipStream(s, CompressionLevel.Optimal)), $"\"{Hash}-gz\""), new(null, bytes, $"\"{Hash}\"")];
    }

    /// <summary>Of the bytes; the same for the same bytes on every host.</summary>
    public string Hash { get; }

    /// <summary>Answer with the bytes, or 304.</summary>
    public Task WriteAsync(HttpContext context) => WriteAsync(context, _cacheControl);

    /// <summary>Answer with the bytes, to be kept for another time than usual, or 304.</summary>
    public async Task WriteAsync(HttpContext context, string cacheControl)
    {
        var accepted = StringWithQualityHeaderValue.TryParseList(context.Request.Headers.AcceptEncoding, out var parsed) ? parsed : [];
        var chosen = Array.Find(_encodings, e => e.Name is null || accepted.Any(a => a.Quality is null or > 0 && a.Value.Equals(e.Name, StringComparison.OrdinalIgnoreCase)))!;
        var headers = context.Response.Headers;
        headers.CacheControl = cacheControl;
        headers.Append(HeaderNames.Vary, HeaderNames.AcceptEncoding);
        headers.ETag = chosen.Tag;
        if (EntityTagHeaderValue.TryParseList(context.Request.Headers.IfNoneMatch, out var known) && known.Any(k => k.Equals(EntityTagHeaderValue.Any) || k.Tag.Equals(chosen.Tag, StringComparison.Ordinal)))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        headers.ContentType = _contentType;
        headers.ContentLength = chosen.Bytes.Length;
        if (chosen.Name is not null) headers.ContentEncoding = chosen.Name;
        if (!HttpMethods.IsHead(context.Request.Method)) await context.Response.Body.WriteAsync(chosen.Bytes, context.RequestAborted);
    }

    private static byte[] Compress(byte[] bytes, Func<Stream, Stream> compressor)
    {
        using var compressed = new MemoryStream();
        using (var stream = compressor(compressed)) stream.Write(bytes);
        return compressed.ToArray();
    }

    private sealed record Encoded(string? Name, byte[] Bytes, string Tag);
}
