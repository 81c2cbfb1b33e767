using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace Mila.BuildingBlocks.Api.OpenApi;

/// <summary>The HTTP contract (API.md R10), made from the routes themselves.</summary>
internal static partial class OpenApiBlock
{
    public const string Document = "v1";

    public static void AddOpenApiContract(this IServiceCollection services)
    {
        services.AddEndpointsApiExplorer();
        services.AddSwaggerGen(swagger =>
        {
            swagger.SwaggerDoc(Document, new OpenApiInfo
            {
                Title = "Mila",
                Version = "1.0.0",
                Description = "The system of record of MILA: who belongs, who is housed, coached and gathered, with whom, and what the street shows of it. "
                    + "Additive within /v1. Errors are problems (RFC 9457) with a stable `code`; lists page by signed cursors; changes need If-Match; any POST takes an Idempotency-Key.",
                Contact = new OpenApiContact { Name = "MILA", Url = new Uri("https://milaparis.fr") },
                License = new OpenApiLicense { Name = "AGPL-3.0-or-later", Url = new Uri("https://www.gnu.org/licenses/agpl-3.0.html") },
            });
            swagger.CustomSchemaIds(SchemaId);
            swagger.SupportNonNullableReferenceTypes();
            swagger.UseAllOfToExtendReferenceSchemas();

            // Filters run in this order: ours find the words of the sources already in place.
            foreach (var xml in Directory.EnumerateFiles(AppContext.BaseDirectory, "Mila.*.xml").Order(StringComparer.Ordinal)) swagger.IncludeXmlComments(xml);
            swagger.OperationFilter<DescribeOperation>();
            swagger.SchemaFilter<BoundSchema>();
            swagger.DocumentFilter<DescribeDocument>();
        });
    }

    /// <summary>The documents and the page that shows them.</summary>
    public static void UseOpenApiContract(this WebApplication app)
    {
        app.UseSwagger(swagger =>
        {
            swagger.RouteTemplate = "openapi/{documentName}.{extension:regex(^(json|ya?ml)$)}";
            swagger.OpenApiVersion = OpenApiSpecVersion.OpenApi3_0;
        });
        app.UseSwaggerUI(ui =>
        {
            ui.RoutePrefix = "docs";
            ui.DocumentTitle = "Mila";
            ui.SwaggerEndpoint($"/openapi/{Document}.json", "Mila v1");
        });
    }

    /// <summary><c>CancelEvent.Request</c> is <c>CancelEventRequest</c>, <c>Page&lt;EventResponse&gt;</c> is <c>EventResponsePage</c>.</summary>
    private static string SchemaId(Type type)
    {
        var name = type.IsNested ? type.DeclaringType!.Name + type.Name : type.Name;
        name = Arity().Replace(name, "");
        return type.IsGenericType ? string.Concat(type.GetGenericArguments().Select(SchemaId)) + name : name;
    }

    [GeneratedRegex("`[0-9]+", RegexOptions.None, matchTimeoutMilliseconds: 100)]
    private static partial Regex Arity();
}
