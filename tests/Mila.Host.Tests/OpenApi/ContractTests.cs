using System.Text.Json;
using Mila.Host.CommandLine;
using Mila.Host.Tests.Api;
using Mila.Testing.App;

namespace Mila.Host.Tests.OpenApi;

/// <summary>The contract of API.md R10: one file, equal to what the server serves, that says all of every operation.</summary>
public sealed class ContractTests(TestMila mila) : IClassFixture<TestMila>
{
    /// <summary>Set to 1, it writes the file anew instead of comparing it.</summary>
    private const string Switch = "MILA_WRITE_OPENAPI";

    private static readonly string Root = FindRoot();
    private static readonly string File = Path.Combine(Root, "openapi.yaml");

    [Fact]
    public async Task The_committed_contract_is_the_one_that_the_server_serves()
    {
        var served = (await AskAsync("/openapi/v1.yaml")).Text;
        if (Environment.GetEnvironmentVariable(Switch) == "1") await System.IO.File.WriteAllTextAsync(File, served, TestContext.Current.CancellationToken);

        var committed = await System.IO.File.ReadAllTextAsync(File, TestContext.Current.CancellationToken);
        committed.ShouldBe(served, $"openapi.yaml is not what the server serves: set {Switch}=1 and run this test again.");
    }

    [Fact]
    public async Task The_command_writes_it_without_a_database()
    {
        using var written = new StringWriter();
        await WriteContract.RunAsync(written, TestContext.Current.CancellationToken);
        written.ToString().ShouldBe((await AskAsync("/openapi/v1.yaml")).Text);
    }

    [Fact]
    public async Task JSON_and_YAML_name_the_same_operations()
    {
        var yaml = (await AskAsync("/openapi/v1.yaml")).Text.Split('\n').Select(l => l.Trim()).Where(l => l.StartsWith("operationId: ", StringComparison.Ordinal)).Select(l => l["operationId: ".Length..]);
        var webhooks = (await DocumentAsync()).GetProperty("x-webhooks").EnumerateObject().Select(w => w.Name);
        var json = Operations(await DocumentAsync()).Select(o => o.Operation.GetProperty("operationId").GetString()!);
        yaml.ShouldBe(json.Concat(webhooks), ignoreOrder: true);
    }

    [Fact]
    public void The_README_says_how_to_write_it_anew() => System.IO.File.ReadAllText(Path.Combine(Root, "README.md")).ShouldContain($"{Switch}=1");

    [Fact]
    public async Task Every_operation_is_described_in_full()
    {
        var document = await DocumentAsync();
        var tags = document.GetProperty("tags").EnumerateArray().Select(t => t.GetProperty("name").GetString()).ToArray();
        var names = new HashSet<string>();
        foreach (var (path, method, operation) in Operations(document))
        {
            var name = operation.GetProperty("operationId").GetString()!;
            names.Add(name).ShouldBeTrue($"{name} twice");
            name.ShouldMatch("^[A-Z][A-Za-z]+$");
            operation.GetProperty("summary").GetString().ShouldNotBeNullOrWhiteSpace(name);
            operation.GetProperty("description").GetString().ShouldStartWith(operation.GetProperty("summary").GetString()!, customMessage: name);
            operation.GetProperty("tags").EnumerateArray().ShouldAllBe(t => tags.Contains(t.GetString()), name);
            var security = operation.GetProperty("security").EnumerateArray().Select(s => s.EnumerateObject().Select(p => p.Name).SingleOrDefault() ?? "nothing").ToArray();
            var scoped = operation.TryGetProperty("x-scope", out _);
            security.ShouldBe(scoped ? ["apiKey"] : method == "get" ? [] : ["apiKey", "nothing"], name);
            foreach (var parameter in operation.TryGetProperty("parameters", out var parameters) ? parameters.EnumerateArray() : []) parameter.GetProperty("schema").ValueKind.ShouldBe(JsonValueKind.Object, name);

            var responses = operation.GetProperty("responses").EnumerateObject().ToDictionary(r => r.Name, r => r.Value);
            responses.Keys.ShouldContain(s => s[0] == '2' || s[0] == '3', name);
            string[] needed = ["400", "406", "429", "500", "503", .. scoped ? ["401", "403"] : Array.Empty<string>(), .. path.Contains('{', StringComparison.Ordinal) && method == "get" && scoped ? ["404"] : Array.Empty<string>(), .. method is "patch" or "delete" ? ["404", "412", "428"] : Array.Empty<string>()];
            needed.Except(responses.Keys).ShouldBeEmpty($"{method} {path}");
            foreach (var (status, response) in responses.Where(r => r.Key[0] is '4' or '5'))
            {
                response.GetProperty("$ref").GetString().ShouldBe($"#/components/responses/Problem{status}", name);
            }
        }

        names.Count.ShouldBeGreaterThan(60);
    }

    [Fact]
    public async Task What_every_operation_of_a_kind_takes_is_said_of_each()
    {
        var operations = Operations(await DocumentAsync()).Select(o => (o.Method, Name: o.Operation.GetProperty("operationId").GetString()!, Parameters: o.Operation.TryGetProperty("parameters", out var p) ? p.EnumerateArray().ToArray() : [])).ToArray();

        operations.Where(o => o.Method == "post" && o.Parameters.All(p => p.GetProperty("name").GetString() != "Idempotency-Key")).Select(o => o.Name).ShouldBeEmpty("API.md R2: any POST takes it");
        operations.ShouldContain(o => o.Name == "RegisterForEvent");
        var sorts = operations.SelectMany(o => o.Parameters.Where(p => p.GetProperty("name").GetString() == "sort").Select(p => (o.Name, Keys: p.GetProperty("schema").TryGetProperty("enum", out var keys) ? keys.GetArrayLength() : 0))).ToArray();
        sorts.Length.ShouldBeGreaterThan(5);
        sorts.ShouldAllBe(s => s.Keys > 0);
    }

    [Fact]
    public async Task Every_body_has_an_example()
    {
        var document = await DocumentAsync();
        var bodies = 0;
        foreach (var (_, _, operation) in Operations(document))
        {
            var name = operation.GetProperty("operationId").GetString()!;
            var contents = operation.GetProperty("responses").EnumerateObject().Select(r => r.Value).ToList();
            if (operation.TryGetProperty("requestBody", out var body)) contents.Add(body);
            foreach (var content in contents.Where(c => c.TryGetProperty("content", out _)).SelectMany(c => c.GetProperty("content").EnumerateObject()).Where(c => c.Name.EndsWith("json", StringComparison.Ordinal) && c.Value.TryGetProperty("schema", out _) && c.Name is "application/json" or "application/merge-patch+json"))
            {
                content.Value.TryGetProperty("example", out _).ShouldBeTrue($"{name}: {content.Name}");
                bodies++;
            }
        }

        foreach (var problem in document.GetProperty("components").GetProperty("responses").EnumerateObject())
        {
            var example = problem.Value.GetProperty("content").GetProperty("application/problem+json").GetProperty("example");
            problem.Name.ShouldBe($"Problem{example.GetProperty("status").GetInt32()}");
            example.GetProperty("type").GetString().ShouldBe("urn:mila:problem:" + example.GetProperty("code").GetString());
        }

        bodies.ShouldBeGreaterThan(60);
    }

    [Fact]
    public async Task The_server_reads_every_example_that_the_contract_gives()
    {
        using var admin = mila.Admin();
        var document = await DocumentAsync();
        var refused = new List<string>();
        foreach (var (path, method, operation) in Operations(document).Where(o => o.Operation.TryGetProperty("requestBody", out _)))
        {
            if (operation.GetProperty("requestBody").GetProperty("content").EnumerateObject().Where(c => c.Name.EndsWith("json", StringComparison.Ordinal)).ToArray() is not [var content, ..]) continue;

            var known = Operation.Of(document, path, method.ToUpperInvariant(), operation);
            var answer = await admin.CallAsync(known.Method, known.Unknown, content.Value.GetProperty("example").GetRawText(), ("Content-Type", content.Name), ("If-Match", "\"none\""));
            if (answer.Status is 400 or 413 or 415 || (answer.Status == 422 && answer.Code == "request-invalid")) refused.Add($"{known}: {answer.Text}");
        }

        refused.ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_reference_leads_somewhere()
    {
        var document = await DocumentAsync();
        var references = References(document).Distinct().ToArray();

        references.ShouldContain("#/components/schemas/WebhookEventPublished");
        foreach (var reference in references)
        {
            reference.ShouldStartWith("#/");
            var at = document;
            foreach (var step in reference[2..].Split('/')) at.TryGetProperty(step, out at).ShouldBeTrue(reference);
        }
    }

    [Fact]
    public async Task The_page_of_the_contract_has_a_policy_of_its_own_and_the_contract_itself_the_strict_one()
    {
        var page = await AskAsync("/docs/index.html");
        page.Header("Content-Security-Policy").ShouldBe("default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'");
        page.Text.ShouldNotContain("http://");
        page.Text.ShouldNotContain("https://");
        foreach (var path in (string[])["/openapi/v1.json", "/openapi/v1.yaml", "/docs/nothing"])
        {
            using var nobody = mila.Anonymous();
            (await nobody.AskAsync(path)).Header("Content-Security-Policy").ShouldBe("default-src 'none'; frame-ancestors 'none'", path);
        }

        (await AskAsync("/agenda")).Header("Content-Security-Policy")!.ShouldNotContain("unsafe");
    }

    private async Task<Answer> AskAsync(string path)
    {
        using var nobody = mila.Anonymous();
        return (await nobody.AskAsync(path)).Expect(200);
    }

    private async Task<JsonElement> DocumentAsync() => (await AskAsync("/openapi/v1.json")).Json;

    private static IEnumerable<(string Path, string Method, JsonElement Operation)> Operations(JsonElement document) =>
        document.GetProperty("paths").EnumerateObject().SelectMany(p => p.Value.EnumerateObject().Where(m => m.Value.TryGetProperty("operationId", out _)).Select(m => (p.Name, m.Name, m.Value)));

    private static IEnumerable<string> References(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(m => m is { Name: "$ref", Value.ValueKind: JsonValueKind.String } ? [m.Value.GetString()!] : References(m.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(References),
        _ => [],
    };

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!System.IO.File.Exists(Path.Combine(folder.FullName, "Mila.sln"))) folder = folder.Parent!;
        return folder.FullName;
    }
}
