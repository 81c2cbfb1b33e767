using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Marten;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Mila.BuildingBlocks.Outbox;
using Mila.Testing.App;

namespace Mila.Events.Tests;

/// <summary>Calls of the API as a caller writes them.</summary>
internal static class Api
{
    internal static async Task<JsonElement> MakeAsync(this HttpClient client, string path, object? body = null)
    {
        using var answer = await client.PostAsync(path, body is null ? null : JsonContent.Create(body));
        var text = await answer.Content.ReadAsStringAsync();
        answer.IsSuccessStatusCode.ShouldBeTrue($"{path}: {(int)answer.StatusCode} {text}");
        return JsonDocument.Parse(text).RootElement;
    }

    internal static Task<JsonElement> ReadAsync(this HttpClient client, string path) => client.GetFromJsonAsync<JsonElement>(path);

    /// <summary>A merge-patch with the ETag that the resource has now, or with the one given.</summary>
    internal static async Task<HttpResponseMessage> PatchAsync(this HttpClient client, string path, object changes, string? ifMatch = "current")
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, path) { Content = new StringContent(JsonSerializer.Serialize(changes), Encoding.UTF8, new MediaTypeHeaderValue("application/merge-patch+json")) };
        if (ifMatch == "current") ifMatch = await client.TagAsync(path);
        if (ifMatch is not null) request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        return await client.SendAsync(request);
    }

    internal static async Task<string> TagAsync(this HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path);
        return answer.Headers.ETag?.ToString() ?? "\"none\"";
    }

    /// <summary>The status and the code of a refusal.</summary>
    internal static async Task ShouldRefuseAsync(this Task<HttpResponseMessage> asked, HttpStatusCode status, string code)
    {
        using var answer = await asked;
        var text = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(status, text);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        JsonDocument.Parse(text).RootElement.GetProperty("code").GetString().ShouldBe(code, text);
    }

    internal static Guid Id(this JsonElement resource) => resource.GetProperty("id").GetGuid();

    internal static string Text(this JsonElement resource, string name) => resource.GetProperty(name).GetString()!;

    /// <summary>Other modules say this; then everybody has heard it.</summary>
    internal static async Task TellAsync(this TestMila mila, params INotification[] notifications)
    {
        foreach (var notification in notifications)
        {
            await using var session = mila.Services.GetRequiredService<IDocumentStore>().LightweightSession();
            session.Publish(notification);
            await session.SaveChangesAsync();
        }

        await mila.DrainAsync();
    }
}
