using System.Buffers;
using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;
using Marten;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Mila.BuildingBlocks.Documents;
using Npgsql;

namespace Mila.BuildingBlocks.Api.Lists;

/// <summary>
/// Items of a list as the bytes that are sent. Which items a page has, in which order, at which version and beside which numbers is asked of the database each time;
/// what an item reads like at that version is written once and kept. A document that was stored has another version, so nothing that is kept can be stale, on any host.
/// </summary>
/// <param name="show">What the caller sees of a document and of what stands beside it.</param>
/// <param name="beside">SQL of a text beside the document <c>d</c>, which the item shows too; written in the slice, never made from a request. It may be null.</param>
public sealed class WrittenItems<T, TItem>(Func<T, string?, TItem> show, Func<IDocumentStore, string> beside)
    where T : class, IDocument
{
    /// <summary>Some megabytes. A caller who walks through more than that has them written anew.</summary>
    private const int MostKept = 5_000;

    private readonly ConcurrentDictionary<Guid, Kept> _kept = new();
    private string? _beside;

    internal string Beside(IDocumentStore store) => _beside ??= beside(store);

    /// <summary>The items of these rows, in their order. One that was deleted a moment ago is left out.</summary>
    internal async Task<IReadOnlyList<byte[]>> OfAsync(List<WrittenRow> rows, IDocumentStore store, string table, NpgsqlConnection connection, CancellationToken ct)
    {
        var items = new byte[]?[rows.Count];
        List<Guid>? others = null;
        for (var i = 0; i < rows.Count; i++)
        {
            if (_kept.TryGetValue(rows[i].Id, out var kept) && kept.Version == rows[i].Version && kept.Beside == rows[i].Beside) items[i] = kept.Bytes;
            else (others ??= []).Add(rows[i].Id);
        }

        if (others is null) return items!;

        var documents = await LoadAsync(others, store, table, connection, ct);
        if (_kept.Count + documents.Count > MostKept) _kept.Clear();
        for (var i = 0; i < rows.Count; i++)
        {
            if (items[i] is not null || !documents.TryGetValue(rows[i].Id, out var document)) continue;

            var bytes = JsonSerializer.SerializeToUtf8Bytes(show(document, rows[i].Beside), JsonRules.Options);
            _kept[rows[i].Id] = new Kept(document.Version, rows[i].Beside, bytes);
            items[i] = bytes;
        }

        return [.. items.OfType<byte[]>()];
    }

    private static async Task<Dictionary<Guid, T>> LoadAsync(List<Guid> ids, IDocumentStore store, string table, NpgsqlConnection connection, CancellationToken ct)
    {
        var found = new Dictionary<Guid, T>(ids.Count);
        var serializer = ((DocumentStore)store).Serializer;
        await using var command = new NpgsqlCommand($"select d.data, d.mt_version, d.id from {table} d where d.id = any($1)", connection) { Parameters = { new() { Value = ids.ToArray() } } };
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            var document = serializer.FromJson<T>(reader, 0);
            document.Version = reader.GetGuid(1);
            found[reader.GetGuid(2)] = document;
        }

        return found;
    }

    private sealed record Kept(Guid Version, string? Beside, byte[] Bytes);
}

/// <summary>One row of a page whose items are kept.</summary>
internal readonly record struct WrittenRow(Guid Id, Guid Version, string Key, string? Beside);

/// <summary>200 with one page of a list, whose items are bytes already.</summary>
public sealed class WrittenPage<TItem> : IResult, IEndpointMetadataProvider, IStatusCodeHttpResult
{
    private readonly IReadOnlyList<byte[]> _items;
    private readonly byte[] _next;

    internal WrittenPage(IReadOnlyList<byte[]> items, string? next) => (_items, _next) = (items, JsonSerializer.SerializeToUtf8Bytes(next, JsonRules.Options));

    /// <inheritdoc/>
    public int? StatusCode => StatusCodes.Status200OK;

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var head = "{\"items\":["u8.Length;
        var middle = "],\"next\":"u8.Length;
        var response = httpContext.Response;
        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = head + _items.Sum(i => i.Length) + Math.Max(0, _items.Count - 1) + middle + _next.Length + 1;
        WriteTo(response.BodyWriter);
        await response.BodyWriter.FlushAsync(httpContext.RequestAborted);
    }

    /// <inheritdoc/>
    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) => builder.Metadata.Add(new ProducesResponseTypeMetadata(200, typeof(Page<TItem>), ["application/json"]));

    private void WriteTo(IBufferWriter<byte> body)
    {
        body.Write("{\"items\":["u8);
        for (var i = 0; i < _items.Count; i++)
        {
            if (i > 0) body.Write(","u8);
            body.Write(_items[i]);
        }

        body.Write("],\"next\":"u8);
        body.Write(_next);
        body.Write("}"u8);
    }
}
