using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Mila.BuildingBlocks.Api.OpenApi;

/// <summary>What the contract says once: servers, security, the problem, tags, and the webhooks that modules announce.</summary>
internal sealed class DescribeDocument(IEnumerable<IWebhookCatalogue> catalogues) : IDocumentFilter
{
    private static readonly Dictionary<string, string> Tags = new(StringComparer.Ordinal)
    {
        ["Attendance"] = "Who came: the door, the roster, the numbers.",
        ["Calls"] = "Calls for artists: submissions, reviews, the ranking and the selection.",
        ["Coaching"] = "Services, experts, appointments.",
        ["Dead letters"] = "Notifications that a handler failed on to the end: see, replay, discard.",
        ["Events"] = "Programmes, events, registrations, calls.",
        ["Host"] = "What a load balancer asks.",
        ["Hosting"] = "Spaces, leases, bookings.",
        ["Keys"] = "Who may call, and for what.",
        ["Mails"] = "What was sent to whom about what.",
        ["Membership"] = "Members, affiliations, dues.",
        ["Membership proofs"] = "That a person belongs to a network today, without lists.",
        ["Partners"] = "Partners, discounts, grants.",
        ["Public agenda"] = """
            What websites embed; no key is needed. Items of the JSON feed carry under `_mila` what JSON Feed has no words for: `title`, `summary` and `cancellationReason` in both languages, `status`, `month` while the day is to be
            confirmed, `startsAt`, `endsAt` and `previousStartDate` in UTC with their `timeZone`, `venue`, `audience`, `coHosts`, `speakers`, `image`, `replayUrl`, `sequence`, `full`, and `partner` where it is a partner's own.
            The CSV has the columns id, slug, url, programme, title, status, month, startsAt, endsAt, timeZone, mode, venue, address, onlineUrl, audience, tags, summary, updatedAt, partner.

            A page shows the agenda with `<script src="/embed/agenda.js" async></script>` of this server and `<mila-agenda programme="" month="" audience="" lang="" limit="">` around links of its own, which stay
            where the script may not run; or with a frame of `/embed/agenda`. A site that allows only its own scripts names this server in `script-src` and `connect-src`, or in `frame-src`.
            """,
        ["Registrations"] = "Places at events, the waiting line and its decisions.",
        ["Signage"] = "Panels and their codes.",
        ["Webhooks"] = "Who is told of what, and whether it arrived. [How to receive and verify them](/webhooks), with receivers to copy.",
    };

    public void Apply(OpenApiDocument swaggerDoc, DocumentFilterContext context)
    {
        var server = new OpenApiServer { Url = "/", Description = "The production server that this document comes from." };
        server.AddExtension("x-internal", new JsonNodeExtension(JsonValue.Create(false)));
        swaggerDoc.Servers = [server];
        var used = swaggerDoc.Paths.Values.SelectMany(p => p.Operations?.Values.AsEnumerable() ?? []).SelectMany(o => o.Tags ?? new HashSet<OpenApiTagReference>()).Select(t => t.Name).ToHashSet(StringComparer.Ordinal);
        swaggerDoc.Tags = new HashSet<OpenApiTag>(used.OfType<string>().Order(StringComparer.Ordinal).Select(t => new OpenApiTag { Name = t, Description = Tags.GetValueOrDefault(t, $"{t}.") }));
        swaggerDoc.Components ??= new OpenApiComponents();
        swaggerDoc.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal)
        {
            ["apiKey"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", BearerFormat = "mila_<kind>_<36 base62>", Description = "An API key of this server. Where people sign in with OpenID Connect, their access tokens are read as RFC 8725 (RFC8725) advises." },
        };
        swaggerDoc.Components.Schemas ??= new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal);
        swaggerDoc.Components.Schemas["Problem"] = Problem();
        swaggerDoc.Components.Headers = ContractHeaders.All;
        var operations = swaggerDoc.Paths.Values.SelectMany(p => p.Operations?.Values.AsEnumerable() ?? []).ToArray();
        swaggerDoc.Components.Responses = operations.SelectMany(o => o.Responses!)
            .Where(r => r.Value is OpenApiResponseReference).Select(r => int.Parse(r.Key, CultureInfo.InvariantCulture)).Distinct().Order()
            .ToDictionary(ProblemResponse.IdOf, IOpenApiResponse (status) => ProblemResponse.Of(status, swaggerDoc), StringComparer.Ordinal);
        AddWebhooks(swaggerDoc);
        AddExamples(operations, new Examples(swaggerDoc.Components.Schemas));
    }

    private static void AddExamples(IEnumerable<OpenApiOperation> operations, Examples examples)
    {
        foreach (var operation in operations)
        {
            foreach (var (mediaType, body) in operation.RequestBody?.Content ?? new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal))
            {
                if (body.Schema is not null) body.Example ??= examples.Of(body.Schema, asPatch: mediaType == "application/merge-patch+json");
            }

            foreach (var content in operation.Responses!.Values.OfType<OpenApiResponse>().SelectMany(r => r.Content?.AsEnumerable() ?? []))
            {
                if (content.Key == "application/json" && content.Value.Schema is not null) content.Value.Example ??= examples.Of(content.Value.Schema);
            }
        }
    }

    private void AddWebhooks(OpenApiDocument document)
    {
        var webhooks = new JsonObject();
        foreach (var webhook in catalogues.SelectMany(c => c.Webhooks).OrderBy(w => w.Type, StringComparer.Ordinal))
        {
            var id = $"Webhook{string.Concat(webhook.Type.Split('.').Select(word => char.ToUpperInvariant(word[0]) + word[1..]))}";
            document.Components!.Schemas![id] = Message(webhook);
            webhooks[webhook.Type] = Webhook(webhook, id);
        }

        if (webhooks.Count > 0) document.AddExtension("x-webhooks", new JsonNodeExtension(webhooks));
    }

    /// <summary>The body of a webhook (API.md W4). Unlike an answer of ours it may grow: a receiver passes over what it does not know.</summary>
    private static OpenApiSchema Message(WebhookDescription webhook) => new()
    {
        Type = JsonSchemaType.Object,
        Description = webhook.Description,
        Required = new HashSet<string>(StringComparer.Ordinal) { "type", "timestamp", "data" },
        Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal)
        {
            ["type"] = new OpenApiSchema { Type = JsonSchemaType.String, Enum = [JsonValue.Create(webhook.Type)] },
            ["timestamp"] = new OpenApiSchema { Type = JsonSchemaType.String, Format = "date-time", MaxLength = 40, Description = "When it happened." },
            ["data"] = Read(webhook.Data),
        },
    };

    /// <summary>JSON Schema as the module wrote it, in the words of OpenAPI 3.0 and with bounds.</summary>
    private static OpenApiSchema Read(JsonNode node)
    {
        var said = node.AsObject();
        var schema = new OpenApiSchema
        {
            Type = said["type"]?.GetValue<string>() is { } type ? Enum.Parse<JsonSchemaType>(type, ignoreCase: true) : null,
            Format = said["format"]?.GetValue<string>(),
            Description = said["description"]?.GetValue<string>(),
            Items = said["items"] is { } items ? Read(items) : null,
            AnyOf = said["anyOf"] is JsonArray forms ? [.. forms.Select(f => Read(f!))] : null,
            Enum = said["enum"] is JsonArray values ? [.. values.Select(v => v!.DeepClone())] : null,
            Required = said["required"] is JsonArray required ? required.Select(r => r!.GetValue<string>()).ToHashSet(StringComparer.Ordinal) : null,
            Properties = said["properties"] is JsonObject members ? members.ToDictionary(m => m.Key, IOpenApiSchema (m) => Read(m.Value!), StringComparer.Ordinal) : null,
        };
        BoundSchema.Bound(schema);
        return schema;
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

    private static JsonObject Webhook(WebhookDescription webhook, string schema) => new()
    {
        ["post"] = new JsonObject
        {
            ["operationId"] = webhook.Type,
            ["summary"] = webhook.Description,
            ["security"] = new JsonArray(),
            ["parameters"] = new JsonArray(
                Header("webhook-id", "`msg_…`, the same on every retry and resend: what a receiver drops duplicates by."),
                Header("webhook-timestamp", "When this attempt was signed, in Unix seconds."),
                Header("webhook-signature", "Over `id.timestamp.body`, by Standard Webhooks 1.0.0: `v1,…` or `v1a,…`; two of them, separated by a space, during a rotation.")),
            ["requestBody"] = new JsonObject
            {
                ["content"] = new JsonObject { ["application/json"] = new JsonObject { ["schema"] = new JsonObject { ["$ref"] = $"#/components/schemas/{schema}" } } },
            },
            ["responses"] = new JsonObject { ["2XX"] = new JsonObject { ["description"] = "Taken. Anything else is tried again." }, ["410"] = new JsonObject { ["description"] = "Nothing more is wanted: the endpoint is disabled." } },
        },
    };

    private static JsonObject Header(string name, string description) =>
        new() { ["name"] = name, ["in"] = "header", ["required"] = true, ["description"] = description, ["schema"] = new JsonObject { ["type"] = "string", ["maxLength"] = 1000 } };

    private static OpenApiSchema Text(string description) => new() { Type = JsonSchemaType.String, MaxLength = 2000, Description = description };
}

/// <summary>The webhooks that a module can send, for the contract's <c>x-webhooks</c>.</summary>
public interface IWebhookCatalogue
{
    /// <summary>Each type once.</summary>
    IReadOnlyList<WebhookDescription> Webhooks { get; }
}

/// <summary>What the contract says of one webhook.</summary>
/// <param name="Type"><c>resource.verb</c>.</param>
/// <param name="Description">One sentence.</param>
/// <param name="Data">The JSON Schema (draft 2020-12) of <c>data</c>.</param>
public sealed record WebhookDescription(string Type, string Description, JsonNode Data);
