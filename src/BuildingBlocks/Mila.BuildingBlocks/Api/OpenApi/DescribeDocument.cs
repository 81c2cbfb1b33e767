using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Mila.BuildingBlocks.Api.OpenApi;

/// <summary>What the contract says once: servers, security, the problem, tags, and the webhooks that modules announce.</summary>
internal sealed class DescribeDocument(IEnumerable<IWebhookCatalogue> catalogues) : IDocumentFilter
{
    private static readonly Dictionary<string, string> Tags = new(StringComparer.Ordinal)
    {
        ["Coaching"] = "Services, experts, appointments.",
        ["Events"] = "Programmes, events, registrations, calls.",
        ["Host"] = "Keys, mails, dead letters, health.",
        ["Hosting"] = "Spaces, leases, bookings.",
        ["Membership"] = "Members, affiliations, dues.",
        ["Partners"] = "Partners, webhooks, discounts, grants.",
        ["Public agenda"] = "What websites embed; no key is needed.",
        ["Signage"] = "Panels and their codes.",
    };

    public void Apply(OpenApiDocument swaggerDoc, DocumentFilterContext context)
    {
        var server = new OpenApiServer { Url = "/", Description = "This server." };
        server.AddExtension("x-internal", new JsonNodeExtension(JsonValue.Create(false)));
        swaggerDoc.Servers = [server];
        var used = swaggerDoc.Paths.Values.SelectMany(p => p.Operations?.Values.AsEnumerable() ?? []).SelectMany(o => o.Tags ?? new HashSet<OpenApiTagReference>()).Select(t => t.Name).ToHashSet(StringComparer.Ordinal);
        swaggerDoc.Tags = new HashSet<OpenApiTag>(Tags.Where(t => used.Contains(t.Key)).Select(t => new OpenApiTag { Name = t.Key, Description = t.Value }));
        swaggerDoc.Components ??= new OpenApiComponents();
        swaggerDoc.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal)
        {
            ["apiKey"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", BearerFormat = "mila_<kind>_<36 base62>", Description = "An API key of this server. Where people sign in with OpenID Connect, their access tokens are read as RFC 8725 (RFC8725) advises." },
        };
        swaggerDoc.Components.Schemas ??= new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal);
        swaggerDoc.Components.Schemas["Problem"] = Problem();
        var webhooks = new JsonObject();
        foreach (var (type, description) in catalogues.SelectMany(c => c.Webhooks).OrderBy(w => w.Type, StringComparer.Ordinal)) webhooks[type] = Webhook(type, description);
        if (webhooks.Count > 0) swaggerDoc.AddExtension("x-webhooks", new JsonNodeExtension(webhooks));
    }

    private static OpenApiSchema Problem() => new()
    {
        Type = JsonSchemaType.Object,
        Description = "Why not (RFC 9457).",
        Required = new HashSet<string>(StringComparer.Ordinal) { "type", "title", "status", "detail", "instance", "code", "traceId" },
        AdditionalPropertiesAllowed = false,
        Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal)
        {
            ["type"] = Text("`urn:mila:problem:` and the code."),
            ["title"] = Text("The kind of problem."),
            ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32", Minimum = "400", Maximum = "599", Description = "The HTTP status." },
            ["detail"] = Text("One sentence, in English or French as Accept-Language asks."),
            ["instance"] = Text("The path that was asked."),
            ["code"] = Text("Stable and kebab-case: what programs branch on."),
            ["traceId"] = Text("What to quote when asking for help."),
            ["errors"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Array,
                MaxItems = 10_000,
                Description = "The faults of single fields.",
                Items = new OpenApiSchema
                {
                    Type = JsonSchemaType.Object,
                    AdditionalPropertiesAllowed = false,
                    Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal)
                    {
                        ["pointer"] = Text("JSON Pointer (RFC 6901) into the body, or `?name` of a query parameter or header."),
                        ["code"] = Text("Stable and kebab-case."),
                        ["detail"] = Text("One sentence."),
                    },
                },
            },
        },
    };

    private static JsonObject Webhook(string type, string description) => new()
    {
        ["post"] = new JsonObject
        {
            ["operationId"] = type,
            ["summary"] = description,
            ["requestBody"] = new JsonObject
            {
                ["content"] = new JsonObject { ["application/json"] = new JsonObject { ["schema"] = new JsonObject { ["$ref"] = $"/v1/event-types/{type}" } } },
            },
            ["responses"] = new JsonObject { ["2XX"] = new JsonObject { ["description"] = "Taken. Anything else is tried again." } },
        },
    };

    private static OpenApiSchema Text(string description) => new() { Type = JsonSchemaType.String, MaxLength = 2000, Description = description };
}

/// <summary>The webhooks that a module can send, for the contract's <c>x-webhooks</c>.</summary>
public interface IWebhookCatalogue
{
    /// <summary>Each type and one sentence about it.</summary>
    IReadOnlyList<(string Type, string Description)> Webhooks { get; }
}
