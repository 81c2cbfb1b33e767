using System.Text.Json;
using Mila.Testing.App;

namespace Mila.Host.Tests.Api;

/// <summary>The operations of a running host, as its own description lists them.</summary>
internal static class Contract
{
    public static async Task<IReadOnlyList<Operation>> OperationsAsync(this TestMila mila)
    {
        using var nobody = mila.Anonymous();
        var document = (await nobody.AskAsync("/openapi/v1.json")).Expect(200).Json;
        var operations = new List<Operation>();
        foreach (var path in document.GetProperty("paths").EnumerateObject())
        {
            foreach (var method in path.Value.EnumerateObject().Where(m => m.Name is "get" or "put" or "post" or "delete" or "patch"))
            {
                operations.Add(Operation.Of(document, path.Name, method.Name.ToUpperInvariant(), method.Value));
            }
        }

        operations.Count.ShouldBeGreaterThan(20);
        return operations;
    }

    /// <summary>How many documents there are, of every kind.</summary>
    // A key notes that it was used in its own time: that is no effect of a request.
    public static async Task<string> DocumentsAsync(this TestMila mila) => (string)(await mila.SqlAsync("""
        select string_agg(t.table_schema || '.' || t.table_name || ' ' || (xpath('/row/c/text()', query_to_xml(format('select count(*) as c from %I.%I', t.table_schema, t.table_name), false, true, '')))[1]::text, ', ' order by 1)
        from (select table_schema, table_name from information_schema.tables where table_name like 'mt\_doc\_%' and table_name <> 'mt_doc_apikeyuse' order by 1, 2) t
        """))!;
}

/// <param name="Path">With its parameters in braces.</param>
/// <param name="Method">In capitals.</param>
/// <param name="Scope">What it asks of its caller; null when it is public.</param>
/// <param name="Query">Names of its query parameters.</param>
/// <param name="MediaType">Of its body; null where it has none.</param>
/// <param name="Members">The body's members: name and JSON type.</param>
internal sealed record Operation(string Path, string Method, string? Scope, IReadOnlyList<string> Query, string? MediaType, IReadOnlyList<(string Name, string Type)> Members)
{
    private const string NoGuid = "0194f0c0-0000-7000-8000-000000000000";

    public bool HasIds => Path.Contains('{', StringComparison.Ordinal);

    /// <summary>The address of something that does not exist.</summary>
    public string Unknown { get; private init; } = "";

    public Task<Answer> SendAsync(HttpClient client, object? body) =>
        body is null ? client.CallAsync(Method, Unknown, null, ("If-Match", "\"none\"")) : client.CallAsync(Method, Unknown, body, ("If-Match", "\"none\""), ("Content-Type", MediaType ?? "application/json"));

    public override string ToString() => $"{Method} {Path}";

    public static Operation Of(JsonElement document, string path, string method, JsonElement operation)
    {
        var unknown = path;
        var query = new List<string>();
        foreach (var parameter in operation.TryGetProperty("parameters", out var parameters) ? parameters.EnumerateArray() : [])
        {
            var name = parameter.GetProperty("name").GetString()!;
            var schema = Resolve(document, parameter.GetProperty("schema"));
            var type = schema.TryGetProperty("type", out var t) ? t.GetString() : "string";
            var format = schema.TryGetProperty("format", out var f) ? f.GetString() : null;
            var value = (type, format) switch { (_, "uuid") => NoGuid, ("integer", _) => "2026", (_, "date") => "2026-03-02", _ => "unknown-thing" };
            if (parameter.GetProperty("in").GetString() == "path") unknown = unknown.Replace($"{{{name}}}", value, StringComparison.Ordinal);
            if (parameter.GetProperty("in").GetString() == "query") query.Add(name);
        }

        string? mediaType = null;
        var members = new List<(string, string)>();
        if (operation.TryGetProperty("requestBody", out var body) && body.GetProperty("content").EnumerateObject().FirstOrDefault() is { Name: { } media } content)
        {
            mediaType = media;
            var schema = Resolve(document, content.Value.GetProperty("schema"));
            if (schema.TryGetProperty("properties", out var properties))
            {
                members.AddRange(properties.EnumerateObject().Select(p => (p.Name, Resolve(document, p.Value).TryGetProperty("type", out var type) ? type.GetString()! : "object")));
            }
        }

        var scope = operation.TryGetProperty("x-scope", out var s) ? s.GetString() : null;
        return new Operation(path, method, scope, query, mediaType, members) { Unknown = unknown };
    }

    private static JsonElement Resolve(JsonElement document, JsonElement schema)
    {
        if (schema.TryGetProperty("allOf", out var all) && all.GetArrayLength() > 0) schema = all[0];
        while (schema.TryGetProperty("$ref", out var reference))
        {
            schema = document.GetProperty("components").GetProperty("schemas").GetProperty(reference.GetString()!.Split('/')[^1]);
        }

        return schema;
    }
}
