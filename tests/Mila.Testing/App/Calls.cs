using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Marten;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Mila.BuildingBlocks.Outbox;
using Npgsql;
using Shouldly;

namespace Mila.Testing.App;

/// <summary>Requests as a caller writes them, and what came back, read whole.</summary>
public static class Calls
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static Task<Answer> AskAsync(this HttpClient client, string path, params (string Name, string Value)[] headers) => client.CallAsync("GET", path, null, headers);

    public static Task<Answer> TellAsync(this HttpClient client, string path, object? body, params (string Name, string Value)[] headers) => client.CallAsync("POST", path, body, headers);

    /// <summary>A merge-patch under the ETag that was read.</summary>
    public static Task<Answer> AmendAsync(this HttpClient client, string path, object body, string etag) => client.CallAsync("PATCH", path, body, ("If-Match", etag));

    /// <param name="client">Who asks.</param>
    /// <param name="method">The method.</param>
    /// <param name="path">Path and query.</param>
    /// <param name="body">A text is sent as it is, anything else as JSON; null sends no body.</param>
    /// <param name="headers">Headers; <c>Content-Type</c> is of the body.</param>
    public static async Task<Answer> CallAsync(this HttpClient client, string method, string path, object? body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body as byte[] ?? Encoding.UTF8.GetBytes(body as string ?? JsonSerializer.Serialize(body, Json)));
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(method == "PATCH" ? "application/merge-patch+json" : "application/json");
        }

        foreach (var (name, value) in headers)
        {
            if (name == "Content-Type") request.Content!.Headers.ContentType = MediaTypeHeaderValue.Parse(value);
            else request.Headers.TryAddWithoutValidation(name, value);
        }

        using var answer = await client.SendAsync(request);
        return new Answer((int)answer.StatusCode, answer.Headers, answer.Content.Headers, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>A POST that must succeed, and what it made.</summary>
    public static async Task<JsonElement> MakeAsync(this HttpClient client, string path, object? body = null)
    {
        var answer = await client.CallAsync("POST", path, body);
        answer.Status.ShouldBeInRange(200, 299, $"{path}: {answer.Text}");
        return answer.Json;
    }

    /// <summary>A resource that must be there.</summary>
    public static async Task<JsonElement> ReadAsync(this HttpClient client, string path) => (await client.AskAsync(path)).Expect(200).Json;

    /// <summary>A merge-patch with the ETag that the resource has now, or with the one given; with none when that is null.</summary>
    public static async Task<HttpResponseMessage> PatchAsync(this HttpClient client, string path, object changes, string? ifMatch = "current")
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, path) { Content = new StringContent(JsonSerializer.Serialize(changes), Encoding.UTF8, new MediaTypeHeaderValue("application/merge-patch+json")) };
        if (ifMatch == "current") ifMatch = await client.TagAsync(path);
        if (ifMatch is not null) request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        return await client.SendAsync(request);
    }

    /// <summary>The ETag that a resource has now.</summary>
    public static async Task<string> TagAsync(this HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path);
        return answer.Headers.ETag?.ToString() ?? "\"none\"";
    }

    /// <summary>The status and the code of a refusal.</summary>
    public static async Task ShouldRefuseAsync(this Task<HttpResponseMessage> asked, HttpStatusCode status, string code)
    {
        using var answer = await asked;
        new Answer((int)answer.StatusCode, answer.Headers, answer.Content.Headers, await answer.Content.ReadAsStringAsync()).ShouldRefuse((int)status, code);
    }

    public static Guid Id(this JsonElement resource) => resource.GetProperty("id").GetGuid();

    public static string Text(this JsonElement resource, string name) => resource.GetProperty(name).GetString()!;

    /// <summary>Other modules say this; then everybody has heard it.</summary>
    public static async Task TellAsync(this TestMila mila, params INotification[] notifications)
    {
        foreach (var notification in notifications)
        {
            await using var session = mila.Services.GetRequiredService<IDocumentStore>().LightweightSession();
            session.Publish(notification);
            await session.SaveChangesAsync();
        }

        await mila.DrainAsync();
    }

    /// <summary>The notifications of one kind that wait in the outbox: <c>Events.EventMoved</c>. One that several handlers wait for is one.</summary>
    public static async Task<IReadOnlyList<JsonElement>> PublishedAsync(this TestMila mila, string type)
    {
        await using var source = NpgsqlDataSource.Create(mila.ConnectionString);
        await using var command = source.CreateCommand("select body::text from (select distinct on (published_at, body) seq, body from mila.outbox where type = $1 order by published_at, body, seq) o order by seq");
        command.Parameters.Add(new NpgsqlParameter { Value = type });
        await using var reader = await command.ExecuteReaderAsync();
        var found = new List<JsonElement>();
        while (await reader.ReadAsync()) found.Add(JsonDocument.Parse(reader.GetString(0)).RootElement);
        return found;
    }

    /// <summary>A statement of the test's own: a broken table, a count.</summary>
    public static async Task<object?> SqlAsync(this TestMila mila, string sql)
    {
        await using var source = NpgsqlDataSource.Create(mila.ConnectionString);
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }
}

/// <summary>What came back.</summary>
public sealed record Answer(int Status, HttpResponseHeaders Headers, HttpContentHeaders ContentHeaders, string Text)
{
    public JsonElement Json => JsonDocument.Parse(Text).RootElement;

    public JsonElement this[string member] => Json.GetProperty(member);

    public string? Code => Json.GetProperty("code").GetString();

    public string Etag => Headers.ETag!.ToString();

    public string? Header(string name) =>
        Headers.TryGetValues(name, out var values) || ContentHeaders.TryGetValues(name, out values) ? string.Join(", ", values) : null;

    /// <summary>The pointers of a problem's field faults, each with its code.</summary>
    public IReadOnlyList<string> Faults =>
        Json.TryGetProperty("errors", out var errors) ? [.. errors.EnumerateArray().Select(e => $"{e.GetProperty("pointer").GetString()} {e.GetProperty("code").GetString()}")] : [];

    /// <summary>The answer itself when it has this status; else the text is the failure.</summary>
    public Answer Expect(int status)
    {
        Status.ShouldBe(status, Text);
        return this;
    }

    /// <summary>A problem of this status and code, complete as API.md R1 says.</summary>
    public Answer ShouldRefuse(int status, string code, params string[] faults)
    {
        Status.ShouldBe(status, Text);
        ContentHeaders.ContentType!.MediaType.ShouldBe("application/problem+json");
        Code.ShouldBe(code, Text);
        this["type"].GetString().ShouldNotBeNullOrEmpty();
        this["title"].GetString().ShouldNotBeNullOrEmpty();
        this["status"].GetInt32().ShouldBe(status);
        this["detail"].GetString().ShouldNotBeNullOrEmpty();
        this["instance"].GetString().ShouldStartWith("/");
        this["traceId"].GetString().ShouldNotBeNullOrEmpty();
        if (faults.Length > 0) Faults.ShouldBe(faults, ignoreOrder: true);
        return this;
    }
}
