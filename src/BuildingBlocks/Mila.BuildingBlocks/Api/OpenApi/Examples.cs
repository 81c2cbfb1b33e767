using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace Mila.BuildingBlocks.Api.OpenApi;

/// <summary>One example for every body of the contract, made from its schema and from what members of that name hold at MILA. A test sends them all.</summary>
internal sealed class Examples(IDictionary<string, IOpenApiSchema> schemas)
{
    private const int Deepest = 6;

    /// <summary>Members of which a request says at most one: the example says the other.</summary>
    private static readonly string[] NotWithOthers = ["month", "cancellationReason"];

    /// <summary>
    /// Members that belong together, whatever each could be by itself: a registration in line has no offer, and an event of a partner's that is called off has not been withdrawn.
    /// </summary>
    private static readonly Dictionary<string, string>[] Together =
    [
        new(StringComparer.Ordinal)
        {
            ["status"] = "\"waitlisted\"",
            ["position"] = "4",
            ["positionOf"] = "11",
            ["because"] = """{"fr":"4e sur 11, parce que…","en":"4th of 11, because…"}""",
            ["offerExpiresAt"] = "null",
        },
        new(StringComparer.Ordinal) { ["status"] = "\"cancelled\"", ["cancelledAt"] = "\"2027-01-11T10:00:00Z\"", ["cancellationReason"] = """{"fr":"L'intervenante est malade.","en":"The speaker is ill."}""", ["withdrawnAt"] = "null" },
    ];

    private static readonly Dictionary<string, string> Texts = new(StringComparer.Ordinal)
    {
        ["about"] = "MILA Discovery",
        ["activities"] = "label",
        ["activity"] = "Label and publisher",
        ["address"] = "7 rue André Messager, 75018 Paris",
        ["affiliation"] = "beneficiary",
        ["alg"] = "EdDSA",
        ["algorithm"] = "v1",
        ["amount"] = "120.00",
        ["answer"] = "ok",
        ["audience"] = "map",
        ["channels"] = "programme:club-mila",
        ["code"] = "club-mila",
        ["coHosts"] = "map",
        ["companyName"] = "Les Disques du Passage",
        ["contactEmail"] = "contact@label.example",
        ["criterion"] = "originality",
        ["crv"] = "Ed25519",
        ["currency"] = "EUR",
        ["detail"] = "There is no such thing.",
        ["disabledBecause"] = "gone",
        ["email"] = "contact@label.example",
        ["en"] = "Managers' meeting",
        ["eventTypes"] = "event.*",
        ["failure"] = "timeout",
        ["fr"] = "Rencontre des managers",
        ["instance"] = "/v1/events",
        ["issuer"] = "https://partner.example",
        ["key"] = "mila_staff_…",
        ["kid"] = "2027-a",
        ["kty"] = "OKP",
        ["language"] = "fr",
        ["leavingOut"] = "The only reviewer is a cousin.",
        ["links"] = "https://label.example/listen",
        ["logoUrl"] = "https://label.example/logo.svg",
        ["messageId"] = "msg_p5jXN8AQM9LWM0D4loKWxJek",
        ["month"] = "2027-03",
        ["name"] = "Les Disques du Passage",
        ["next"] = "https://mila.example/v1/events?after=…",
        ["phone"] = "+33 1 42 00 00 00",
        ["programme"] = "club-mila",
        ["reason"] = "The speaker is ill.",
        ["scopes"] = "events:read",
        ["season"] = "2026/2027",
        ["seasonFrom"] = "2026-09",
        ["seasonTo"] = "2027-06",
        ["secret"] = "whsec_…",
        ["siren"] = "732829320",
        ["site"] = "pepiniere",
        ["slug"] = "rencontre-des-managers",
        ["spaceCode"] = "PEP-01",
        ["timeZone"] = "Europe/Paris",
        ["traceId"] = "0af7651916cd43dd8448eb211c80319c",
        ["url"] = "https://partner.example/mila",
        ["use"] = "sig",
        ["website"] = "https://label.example",
        ["x"] = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",
    };

    private static readonly Dictionary<string, string> Dates = new(StringComparer.Ordinal)
    {
        ["endsOn"] = "2027-12-31",
        ["until"] = "2027-12-31",
        ["to"] = "2027-12-31",
        ["endsAt"] = "2027-01-18T20:00:00Z",
        ["expiresAt"] = "2028-01-01T00:00:00Z",
    };

    /// <summary>A value of a schema.</summary>
    /// <param name="schema">What it must be.</param>
    /// <param name="name">Of the member that holds it; empty for a whole body.</param>
    /// <param name="asPatch">Only the first member, since a patch names what changes.</param>
    public JsonNode? Of(IOpenApiSchema schema, string name = "", bool asPatch = false) => Of(schema, name, asPatch, 0);

    private JsonNode? Of(IOpenApiSchema schema, string name, bool asPatch, int depth)
    {
        var concrete = Resolve(schema);
        if (concrete.Enum is [var first, ..]) return first.DeepClone();

        return (concrete.Type & ~JsonSchemaType.Null) switch
        {
            JsonSchemaType.Boolean => JsonValue.Create(true),
            JsonSchemaType.Integer => JsonValue.Create(Within(concrete, name.Contains("ear", StringComparison.Ordinal) ? 2026 : name == "status" ? 200 : 12)),
            JsonSchemaType.Number => JsonValue.Create(name switch { "latitude" => 48.8912, "longitude" => 2.3444, _ => 10.5 }),
            JsonSchemaType.String => Text(concrete, name),
            JsonSchemaType.Array when depth < Deepest => new JsonArray(concrete.Items is null ? null : Of(concrete.Items, name, asPatch: false, depth + 1)),
            JsonSchemaType.Array => new JsonArray(),
            _ => Members(concrete, asPatch, depth),
        };
    }

    private JsonObject Members(OpenApiSchema schema, bool asPatch, int depth)
    {
        var example = new JsonObject();
        foreach (var (name, member) in schema.Properties ?? new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal))
        {
            var needed = schema.Required?.Contains(name) == true;
            if (!needed && (NotWithOthers.Contains(name) || depth >= Deepest)) continue;

            if (Array.Find(Together, t => t.Keys.All(schema.Properties!.ContainsKey)) is { } together && together.TryGetValue(name, out var fitting))
            {
                example[name] = JsonNode.Parse(fitting);
                continue;
            }

            // What has a site is a space, and spaces have codes of their own.
            example[name] = Of(member, name == "code" && schema.Properties!.ContainsKey("site") ? "spaceCode" : name, asPatch: false, depth + 1);
            if (asPatch) break;
        }

        return example;
    }

    private static JsonValue Text(OpenApiSchema schema, string name)
    {
        var text = schema.Format switch
        {
            "uuid" => "0197f0c0-6c1e-7a52-9d3b-5f0a4c1b2e3d",
            "date" => Dates.GetValueOrDefault(name, "2027-01-18"),
            "date-time" => Dates.GetValueOrDefault(name, "2027-01-18T18:00:00Z"),
            "byte" => "bWlsYQ==",
            _ => Texts.GetValueOrDefault(name, "…"),
        };
        return JsonValue.Create(schema.MaxLength is { } most && text.Length > most ? text[..most] : text);
    }

    private static int Within(OpenApiSchema schema, int wanted)
    {
        var least = Bound(schema.Minimum, int.MinValue);
        var most = Bound(schema.Maximum, int.MaxValue);
        return (int)Math.Clamp(wanted, least, most);

        static long Bound(string? text, long otherwise) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var bound) ? bound : otherwise;
    }

    private OpenApiSchema Resolve(IOpenApiSchema schema) => schema switch
    {
        OpenApiSchemaReference { Reference.Id: { } id } => Resolve(schemas[id]),
        OpenApiSchema { AllOf: [var only, ..] } => Resolve(only),
        OpenApiSchema concrete => concrete,
        _ => throw new InvalidOperationException($"A schema of kind {schema.GetType().Name}."),
    };
}
