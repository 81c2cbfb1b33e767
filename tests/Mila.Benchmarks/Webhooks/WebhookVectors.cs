using System.Globalization;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using Mila.Partners.Webhooks.Signing;

namespace Mila.Benchmarks.Webhooks;

/// <summary>Random bodies, signed now by Mila's own code, each under a key of its own: for libraries of other makers to verify. One JSON object a line.</summary>
internal static class WebhookVectors
{
    // Beyond what JSON and UTF-8 find easy: quotes, escapes, accents, a character of four bytes.
    private static readonly string[] Pieces = ["a", "Z", "0", " ", "\"", "\\", "/", "\n", "\u0001", "é", "œ", "…", "日", "🎵", "{", "}", "."];

    // Characters as themselves, in as many bytes as they have.
    private static readonly JsonSerializerOptions s_plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static int Write(string algorithm, int count)
    {
        using var output = Console.OpenStandardOutput();
        var timestamp = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        for (var i = 0; i < count; i++)
        {
            var key = WebhookKey.Generate(algorithm);
            var id = MessageIds.New();
            var text = string.Concat(Enumerable.Range(0, RandomNumberGenerator.GetInt32(400)).Select(_ => Pieces[RandomNumberGenerator.GetInt32(Pieces.Length)]));
            var body = JsonSerializer.SerializeToUtf8Bytes(new { type = "webhook.test", data = new { i, text } }, s_plain);
            JsonSerializer.Serialize(output, new
            {
                secret = key.Verifier,
                id,
                timestamp = timestamp.ToString(CultureInfo.InvariantCulture),
                signature = key.Sign(id, timestamp, body),
                body = Convert.ToBase64String(body),
            });
            output.WriteByte((byte)'\n');
        }

        return 0;
    }
}
