using System.Globalization;
using System.Text.Json;
using FluentValidation;
using FluentValidation.Validators;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using Mila.BuildingBlocks.Values;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Mila.BuildingBlocks.Api.OpenApi;

/// <summary>Says the bounds that validators hold, and for all else the widest that a body of 1 MiB can have: a contract without bounds invites surprises.</summary>
internal sealed class BoundSchema(IServiceProvider services) : ISchemaFilter
{
    public void Apply(IOpenApiSchema schema, SchemaFilterContext context)
    {
        if (schema is not OpenApiSchema concrete) return;

        if (context.Type == typeof(Money) && concrete.Properties is not null) concrete.Properties["amount"] = new OpenApiSchema { Type = JsonSchemaType.String, Pattern = @"^-?\d{1,9}(\.\d{1,2})?$", MaxLength = 13, Description = "Decimal with at most two places." };
        SayTypeBesideNull(concrete, context.Type);
        Bound(concrete);
        foreach (var property in (concrete.Properties ?? new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal)).Values.OfType<OpenApiSchema>()) Bound(property);
        if (concrete.Properties is { Count: > 0 } && context.Type.IsClass)
        {
            concrete.AdditionalPropertiesAllowed = false;
            concrete.Required = Required(context.Type);
            Validated(concrete, context.Type);
        }
    }

    /// <summary>OpenAPI 3.0 reads <c>nullable</c> only beside a type, and a reference has none.</summary>
    private static void SayTypeBesideNull(OpenApiSchema schema, Type type)
    {
        if (schema is { AllOf.Count: > 0, Type: JsonSchemaType.Null }) schema.Type = JsonSchemaType.Null | ((Nullable.GetUnderlyingType(type) ?? type).IsEnum ? JsonSchemaType.String : JsonSchemaType.Object);
    }

    /// <summary>The most characters that a text of a format has.</summary>
    internal static int LongestOf(string? format) => format switch
    {
        "uuid" => 36,
        "date" => 10,
        "date-time" => 40,
        "byte" => 1_048_576,
        _ => 10_000,
    };

    internal static void Bound(OpenApiSchema schema)
    {
        var type = schema.Type & ~JsonSchemaType.Null;
        if (type == JsonSchemaType.String && schema.Enum is null or { Count: 0 }) schema.MaxLength ??= LongestOf(schema.Format);
        if (type == JsonSchemaType.Array) schema.MaxItems ??= 10_000;
        if (type == JsonSchemaType.Array && schema.Items is OpenApiSchema items) Bound(items);
        if (type == JsonSchemaType.Integer)
        {
            schema.Format ??= "int32";
            schema.Minimum ??= schema.Format == "int64" ? long.MinValue.ToString(CultureInfo.InvariantCulture) : int.MinValue.ToString(CultureInfo.InvariantCulture);
            schema.Maximum ??= schema.Format == "int64" ? long.MaxValue.ToString(CultureInfo.InvariantCulture) : int.MaxValue.ToString(CultureInfo.InvariantCulture);
        }
    }

    /// <summary>The members that a reader of this JSON insists on, and that a writer therefore always writes.</summary>
    private static HashSet<string> Required(Type type) =>
        [.. JsonRules.Options.GetTypeInfo(type).Properties.Where(p => p.IsRequired).Select(p => p.Name)];

    private void Validated(OpenApiSchema schema, Type type)
    {
        if (services.GetService(typeof(IValidator<>).MakeGenericType(type)) is not IValidator validator) return;

        foreach (var (member, rules) in validator.CreateDescriptor().GetMembersWithValidators().Select(g => (g.Key, g.ToList())))
        {
            if (!schema.Properties!.TryGetValue(JsonNamingPolicy.CamelCase.ConvertName(member), out var found) || found is not OpenApiSchema property) continue;

            foreach (var (rule, _) in rules)
            {
                if (rule is ILengthValidator { Max: > 0 } length) property.MaxLength = length.Max;
                if (rule is ILengthValidator { Min: > 0 } atLeast) property.MinLength = atLeast.Min;
                if (rule is IRegularExpressionValidator regex) property.Pattern = regex.Expression.Replace(@"\z", "$", StringComparison.Ordinal);
                if (rule is IBetweenValidator { From: IFormattable from, To: IFormattable to })
                {
                    property.Minimum = from.ToString(null, CultureInfo.InvariantCulture);
                    property.Maximum = to.ToString(null, CultureInfo.InvariantCulture);
                }
            }
        }
    }
}
