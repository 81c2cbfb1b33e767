#:sdk Microsoft.NET.Sdk.Web
// dotnet run receiver.cs (.NET 10, nothing to install)
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

var key = Convert.FromBase64String(Environment.GetEnvironmentVariable("WEBHOOK_SECRET")!.Replace("whsec_", ""));
var seen = new System.Collections.Concurrent.ConcurrentDictionary<string, bool>(); // in your program: a unique column of your database
var app = WebApplication.CreateSlimBuilder().Build();
app.Urls.Add($"http://127.0.0.1:{Environment.GetEnvironmentVariable("PORT") ?? "8080"}");
app.MapPost("/{**path}", async (HttpRequest request) =>
{
    using var bytes = new MemoryStream();
    await request.Body.CopyToAsync(bytes);
    var body = bytes.ToArray(); // the bytes as they came: never JSON that was parsed and written again
    if (!Verify(request.Headers, body)) return Results.BadRequest();

    var id = request.Headers["webhook-id"].ToString();
    if (seen.TryAdd(id, true))
    {
        using var message = JsonDocument.Parse(body);
        Console.WriteLine($"{message.RootElement.GetProperty("type")} {id}"); // put it into a queue of yours, and answer at once
    }

    return Results.NoContent();
});
app.Run();

// True when Mila wrote these bytes within the last five minutes.
bool Verify(IHeaderDictionary headers, byte[] body)
{
    var (id, timestamp) = (headers["webhook-id"].ToString(), headers["webhook-timestamp"].ToString());
    if (id == "" || !long.TryParse(timestamp, out var at) || Math.Abs(DateTimeOffset.UtcNow.ToUnixTimeSeconds() - at) > 300) return false;

    byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. body];
    var entry = Encoding.UTF8.GetBytes("v1," + Convert.ToBase64String(HMACSHA256.HashData(key, signed)));
    return headers["webhook-signature"].ToString().Split(' ').Any(given => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), entry));
}
