using Mila.Testing.App;

namespace Mila.Host.Tests.Api;

public sealed class StrictBodiesSweepTests(TestMila mila) : IClassFixture<TestMila>
{
    [Fact]
    public async Task No_operation_takes_a_body_that_is_not_its_own()
    {
        using var admin = mila.Admin();
        var operations = (await mila.OperationsAsync()).Where(o => o.MediaType is not null).ToList();
        operations.Count.ShouldBeGreaterThan(10);
        var before = await mila.DocumentsAsync();
        var failures = new List<string>();
        var sent = 0;
        foreach (var operation in operations)
        {
            foreach (var (what, body, statuses) in Bodies(operation))
            {
                sent++;
                var answer = await operation.SendAsync(admin, body);
                if (!statuses.Contains(answer.Status)) failures.Add($"{operation} {what}: {answer.Status} {Start(answer.Text)}");
                else if (answer.Status >= 400 && answer.ContentHeaders.ContentType?.MediaType != "application/problem+json") failures.Add($"{operation} {what}: {answer.Status} is no problem");
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{operations.Count} operations, {sent} bodies");
        failures.ShouldBeEmpty(string.Join('\n', failures));
        (await mila.DocumentsAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task What_does_not_exist_is_unknown_to_every_operation()
    {
        using var admin = mila.Admin();
        var before = await mila.DocumentsAsync();
        var failures = new List<string>();
        var operations = (await mila.OperationsAsync()).Where(o => o.HasIds)
            // A code on a sign never leads nowhere.
            .Where(o => !o.Path.StartsWith("/q/", StringComparison.Ordinal)).ToList();
        operations.Count.ShouldBeGreaterThan(10);
        foreach (var operation in operations)
        {
            var answer = await operation.SendAsync(admin, operation.MediaType is null ? null : "{}");
            if (answer.Status is not (404 or 422) || (operation.MediaType is null && answer.Status != 404)) failures.Add($"{operation}: {answer.Status} {Start(answer.Text)}");
        }

        failures.ShouldBeEmpty(string.Join('\n', failures));
        (await mila.DocumentsAsync()).ShouldBe(before);
    }

    private static IEnumerable<(string What, object Body, int[] Statuses)> Bodies(Operation operation)
    {
        // Where the address holds an id, unknown comes before invalid for what is read only after the thing has been found.
        int[] invalid = operation.HasIds ? [422, 404] : [422];
        yield return ("malformed", "{\"", [400]);
        yield return ("cut off", "{\"a\":", [400]);
        yield return ("a list", "[]", [400]);
        yield return ("a list of itself", "[{}]", [400]);
        yield return ("a text", "\"x\"", [400]);
        yield return ("null", "null", [400]);
        // Some actions on a thing may be asked for without a body; then the thing is what is unknown.
        yield return ("nothing", "", operation.HasIds ? [400, 404] : [400]);
        yield return ("NUL", "{\"x\":\"\\u0000\"}", [400]);
        yield return ("a lone surrogate", "{\"x\":\"\\udfff\"}", [400]);
        yield return ("a name twice", "{\"x\":1,\"x\":1}", [400]);
        yield return ("too deep", "{\"x\":" + new string('[', 32) + new string(']', 32) + "}", [400]);
        yield return ("too large", "{\"x\":\"" + new string('x', 1024 * 1024) + "\"}", [413]);
        yield return ("another kind", (object)"<x/>"u8.ToArray(), [400]);
        yield return ("an unknown member", "{\"nobodyKnowsThis\":1}", invalid);
        yield return ("an empty object", "{}", [.. invalid, 200]);
        foreach (var (name, type) in operation.Members)
        {
            foreach (var wrong in Wrong(type)) yield return ($"{name} as {Start(wrong)}", $"{{\"{name}\":{wrong}}}", invalid);
        }
    }

    /// <summary>Values that no member of this type takes, and some that none at all does.</summary>
    private static IEnumerable<string> Wrong(string type)
    {
        if (type != "object") yield return "{\"nobodyKnowsThis\":1}";
        if (type != "array") yield return "[[]]";
        if (type != "boolean") yield return "true";
        if (type is not ("integer" or "number")) yield return "-1";
        if (type != "string") yield return "\"x\"";
        if (type is "integer" or "number") yield return "1e400";
        if (type == "array") yield return "[null]";
        if (type == "array") yield return "[[[]]]";
        if (type == "string") yield return "\"" + new string('x', 100_000) + "\"";
    }

    private static string Start(string text) => text.Length > 300 ? text[..300] : text;
}
