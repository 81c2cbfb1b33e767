using System.Text;
using System.Text.Json;
using FluentValidation;
using FluentValidation.Results;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Mila.BuildingBlocks.Results;

namespace Mila.BuildingBlocks.Api;

/// <summary>Validators check shape; this says their findings in the words of the API.</summary>
public static class Validation
{
    /// <summary>What is wrong with a request, one fault a field and rule.</summary>
    public static async Task<IReadOnlyList<FieldError>> FaultsOfAsync<T>(this IValidator<T> validator, T request, CancellationToken ct)
    {
        var result = await validator.ValidateAsync(request, ct);
        return FaultsOf(result);
    }

    /// <summary>The same where nothing has to be awaited.</summary>
    public static IReadOnlyList<FieldError> Faults<T>(this IValidator<T> validator, T request) => FaultsOf(validator.Validate(request));

    private static FieldError[] FaultsOf(ValidationResult result) => [.. result.Errors.Select(e => new FieldError(PointerOf(e.PropertyName), CodeOf(e), e.ErrorMessage))];

    internal static async ValueTask<object?> CheckAsync<T>(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
        where T : class
    {
        var request = context.Arguments.OfType<T>().FirstOrDefault();
        var validator = context.HttpContext.RequestServices.GetService<IValidator<T>>();
        if (request is not null && validator is not null && await validator.FaultsOfAsync(request, context.HttpContext.RequestAborted) is { Count: > 0 } faults)
        {
            return ApiErrors.Invalid.At(faults).ToProblem();
        }

        return await next(context);
    }

    /// <summary>FluentValidation's <c>Title.Fr</c> or <c>Activities[0]</c> as <c>/title/fr</c>, <c>/activities/0</c>.</summary>
    private static string PointerOf(string property)
    {
        if (property.Length == 0) return "";

        var pointer = new StringBuilder();
        foreach (var segment in property.Replace("[", ".", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal).Split('.'))
        {
            pointer.Append('/').Append(JsonNamingPolicy.CamelCase.ConvertName(segment));
        }

        return pointer.ToString();
    }

    private static string CodeOf(ValidationFailure failure) => failure.ErrorCode switch
    {
        "NotEmptyValidator" or "NotNullValidator" => "required",
        "MaximumLengthValidator" => "too-long",
        "MinimumLengthValidator" => "too-short",
        "LengthValidator" or "ExactLengthValidator" => "wrong-length",
        "RegularExpressionValidator" or "EmailValidator" => "wrong-format",
        "InclusiveBetweenValidator" or "ExclusiveBetweenValidator" or "GreaterThanValidator" or "GreaterThanOrEqualValidator" or "LessThanValidator" or "LessThanOrEqualValidator" => "out-of-range",
        var own when own.EndsWith("Validator", StringComparison.Ordinal) => "invalid",
        var own => own,
    };
}
