using System.Text.Json;
using Mila.Testing.App;

namespace Mila.Partners.Tests.Webhooks.Changes;

internal static class ChangesReads
{
    /// <summary>The first page of the stream, once it shows so many changes since then: transactions of other databases of the server hold it back while they are open.</summary>
    internal static async Task<JsonElement[]> ChangesAsync(this HttpClient client, string query, int atLeast, DateTimeOffset since = default)
    {
        for (var tries = 0; ; tries++)
        {
            JsonElement[] changes = [.. (await client.ReadAsync($"/v1/changes?{query}")).GetProperty("items").EnumerateArray().Where(c => c.GetProperty("timestamp").GetDateTimeOffset() >= since)];
            if (changes.Length >= atLeast || tries == 300) return changes;

            await Task.Delay(100);
        }
    }
}
