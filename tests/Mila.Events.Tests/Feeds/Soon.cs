using System.Diagnostics;
using Mila.Testing.App;

namespace Mila.Events.Tests.Feeds;

internal static class Soon
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Asks again until the answer is as wanted: the agenda is read anew after the commit, not in it.</summary>
    public static async Task<Answer> GetUntilAsync(this HttpClient client, string path, Func<Answer, bool> wanted)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            var answer = await client.AskAsync(path);
            if (wanted(answer))
            {
                TestContext.Current.TestOutputHelper?.WriteLine($"{path}: {clock.ElapsedMilliseconds} ms");
                return answer;
            }

            clock.Elapsed.ShouldBeLessThan(Patience, $"{path} answers {answer.Status} {answer.Text}");
        }
    }
}
