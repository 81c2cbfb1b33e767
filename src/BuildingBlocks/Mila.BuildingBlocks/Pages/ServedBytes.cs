using System.Globalization;
using System.IO.Compression;
using System.IO.Hashing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Mila.BuildingBlocks.Pages;

/// <summary>
/// Bytes that are written once and served often, in the encodings that clients ask for; each has its own strong tag (API.md F1, RFC 9110 section 8.8.3).
/// They are compressed when somebody first asks for that.
/// </summary>
public sealed class ServedBytes
{
    private readonly Encoded _plain;
    private readonly Lazy<Encoded> _gzip;
    private readonly Lazy<Encoded> _brotli;
    private readonly StringValues _contentType;
    private readonly StringValues _cacheControl;
    private readonly StringValues _vary;
    private readonly StringValues _lastModified;
    private readonly DateTimeOffset? _changedAt;

    /// <param name="bytes">The bytes as they are.</param>
    /// <param name="contentType">Their media type.</param>
    /// <param name="cacheControl">How long they may be kept.</param>
    /// <param name="changedAt">When they changed last, in whole seconds; null where only the tag tells.</param>
    /// <param name="vary">On which header of the request they depend, besides the encoding.</param>
    public ServedBytes(byte[] bytes, string contentType, string cacheControl, DateTimeOffset? changedAt = null, string? vary = null)
    {
        (_contentType, _cacheControl, _changedAt) = (contentType, cacheControl, changedAt);
        _vary = vary is null ? HeaderNames.AcceptEncoding : $"{HeaderNames.AcceptEncoding}, {vary}";
        _lastModified = changedAt?.ToString("R", CultureInfo.InvariantCulture);
        Hash = Convert.ToHexStringLower(XxHash128.Hash(bytes));
        _plain = new Encoded(null, bytes, $"\"{Hash}\"");
        _gzip = new(() => new Encoded("gzip", Compress(bytes, s => new GZipStream(s, CompressionLevel.Optimal)), $"\"{Hash}-gz\""));
        _brotli = new(() => new Encoded("br", Compress(bytes, s => new BrotliStream(s, CompressionLevel.Fastest)), $"\"{Hash}-br\""));
    }

    /// <summary>Of the bytes; the same for the same bytes on every host.</summary>
    public string Hash { get; }

    /// <summary>How many bytes there are before compression.</summary>
    public int Length => _plain.Bytes.Length;

    /// <summary>Answer with the bytes, or 304.</summary>
    public Task WriteAsync(HttpContext context) => WriteAsync(context, _cacheControl);

    /// <summary>Answer with the bytes, to be kept for another time than usual, or 304.</summary>
    public Task WriteAsync(HttpContext context, string cacheControl) => WriteAsync(context, (StringValues)cacheControl);

    private Task WriteAsync(HttpContext context, StringValues cacheControl)
    {
        var (request, response) = (context.Request.Headers, context.Response);
        var chosen = Choose(request.AcceptEncoding);
        response.Headers.CacheControl = cacheControl;
        response.Headers.Vary = _vary;
        response.Headers.ETag = chosen.Tag;
        if (_changedAt is not null) response.Headers.LastModified = _lastModified;
        if (IsKnown(request, chosen))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        response.Headers.ContentType = _contentType;
        response.ContentLength = chosen.Bytes.Length;
        if (chosen.Name.Count > 0) response.Headers.ContentEncoding = chosen.Name;
        if (HttpMethods.IsHead(context.Request.Method)) return Task.CompletedTask;

        // Without the request's token, which is made when somebody asks for it: who has gone breaks the write off, and it is short.
        var write = response.Body.WriteAsync(chosen.Bytes, CancellationToken.None);
        return write.IsCompletedSuccessfully ? Task.CompletedTask : write.AsTask();
    }

    // RFC 9110 section 13.2.2: the tag decides where there is one, the time only without.
    private bool IsKnown(IHeaderDictionary request, Encoded chosen)
    {
        if (request.IfNoneMatch is { Count: > 0 } tags)
        {
            if (tags.Count == 1 && tags[0] == chosen.Tag.ToString()) return true;

            return EntityTagHeaderValue.TryParseList(tags, out var known) && known.Any(k => k.Equals(EntityTagHeaderValue.Any) || k.Tag == chosen.Tag.ToString());
        }

        return _changedAt is { } changedAt && request.IfModifiedSince is [{ } since]
            && DateTimeOffset.TryParseExact(since, "R", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) && at >= changedAt;
    }

    private Encoded Choose(StringValues accepted)
    {
        if (accepted.Count == 0 || !StringWithQualityHeaderValue.TryParseList(accepted, out var wanted)) return _plain;
        if (Takes(wanted, "br")) return _brotli.Value;
        return Takes(wanted, "gzip") ? _gzip.Value : _plain;
    }

    private static bool Takes(IList<StringWithQualityHeaderValue> wanted, string encoding) => wanted.Any(a => a.Quality is null or > 0 && a.Value.Equals(encoding, StringComparison.OrdinalIgnoreCase));

    private static byte[] Compress(byte[] bytes, Func<Stream, Stream> compressor)
    {
        using var compressed = new MemoryStream();
        using (var stream = compressor(compressed)) stream.Write(bytes);
        return compressed.ToArray();
    }

    private sealed class Encoded(string? name, byte[] bytes, string tag)
    {
        public StringValues Name { get; } = name is null ? StringValues.Empty : new StringValues(name);

        public byte[] Bytes { get; } = bytes;

        public StringValues Tag { get; } = tag;
    }
}
