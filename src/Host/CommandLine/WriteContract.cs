using Microsoft.OpenApi;
using Mila.BuildingBlocks.Api.OpenApi;
using Swashbuckle.AspNetCore.Swagger;

namespace Mila.Host.CommandLine;

/// <summary>The HTTP contract as the server would serve it at <c>/openapi/v1.yaml</c>, byte for byte, without a server and without a database.</summary>
internal static class WriteContract
{
    private const string NoDatabase = "Host=127.0.0.1";

    internal static async Task RunAsync(TextWriter output, CancellationToken ct)
    {
        await using var app = MilaApp.Build(new HostSettings(0, Path.GetTempPath(), Import: false, Demo: false), NoDatabase);

        // Routes are handed to the API explorer when the pipeline is closed, which otherwise a starting server does.
        app.UseEndpoints(_ => { });
        var document = app.Services.GetRequiredService<ISwaggerProvider>().GetSwagger(OpenApiBlock.Document);
        using var text = new StringWriter { NewLine = "\n" };
        document.SerializeAsV3(new OpenApiYamlWriter(text));
        await output.WriteAsync(text.ToString().AsMemory(), ct);
    }
}
