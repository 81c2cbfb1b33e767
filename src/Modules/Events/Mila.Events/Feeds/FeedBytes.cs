using System.IO.Compression;
using System.IO.Hashing;
using Microsoft.Net.Http.Headers;

namespace Mila.Events.Feeds;

/// <summary>A feed as bytes, in the encodings that clients ask for; each has its own strong tag (API.md F1).</summary>
internal sealed class FeedBytes
{
    private readonly Encoded[] _encodings;
    private readonly string _contentType;

    public FeedBytes(byte[] bytes, string contentType)
    {
        _contentType = contentType;
        var hash = Convert.ToHexStringLower(XxHash128.Hash(bytes));
        _encodings = [new("br", Compress(bytes, s => new BrotliStream(s, CompressionLevel.Fastest)), $"\"{hash}-br\""), new("gzip", Compress(bytes, s => new GZipStream(s, CompressionLevel.Optimal)), $"\"{hash}-gz\""), new(null, bytes, $"\"{hash}\"")];
    }

    /// <summary>Answer with the feed, or 304.</summary>
    public async Task WriteAsync(HttpContext context)
    {
        var accepted = StringWithQualityHeaderValue.TryParseList(context.Request.Headers.AcceptEncoding, out var parsed) ? parsed : [];
        var chosen = Array.Find(_encodings, e => e.Name is null || accepted.Any(a => a.Quality is null or > 0 && a.Value.Equals(e.Name, StringComparison.OrdinalIgnoreCase)))!;
        var headers = context.Response.Headers;
        headers.CacheControl = "public, max-age=60, stale-while-revalidate=600, stale-if-error=86400";
        headers.Vary = "Accept-Encoding";
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
