using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Mila.BuildingBlocks.Results;

/// <summary>The one place that turns an <see cref="Error"/> into a problem (RFC 9457).</summary>
public static class Problems
{
    /// <summary>Where the codes are explained; a problem's <c>type</c> is this and the code.</summary>
    public const string TypeBase = "urn:mila:problem:";

    /// <summary>The problem that says this refusal; <c>instance</c>, <c>traceId</c> and the language are filled in on the way out.</summary>
    public static ProblemHttpResult ToProblem(this Error error) => TypedResults.Problem(new LocalizedProblem(error));

    /// <summary>A problem that still knows its sentence in both languages.</summary>
    internal sealed class LocalizedProblem : ProblemDetails
    {
        private readonly Error _error;

        public LocalizedProblem(Error error)
        {
            _error = error;
            Type = TypeBase + error.Code;
            Title = TitleOf(error.Status);
            Status = error.Status;
            Detail = error.Detail;
            Extensions["code"] = error.Code;
            if (error.Fields.Count > 0) Extensions["errors"] = error.Fields;
        }

        public void Complete(HttpContext context)
        {
            Instance = context.Request.Path;
            Extensions["traceId"] = System.Diagnostics.Activity.Current?.TraceId.ToHexString() ?? context.TraceIdentifier;
            if (_error.DetailFr is { } french && Languages.Preferred(context.Request) == "fr") Detail = french;
        }
    }

    private static string TitleOf(int status) => status switch
    {
        400 => "The request cannot be read",
        401 => "A key is needed",
        403 => "Not allowed",
        404 => "Not found",
        405 => "Method not allowed",
        406 => "No such representation",
        408 => "The request took too long",
        409 => "Refused by a rule",
        412 => "Changed in between",
        413 => "Too large",
        415 => "Unsupported media type",
        422 => "Invalid",
        428 => "If-Match is needed",
        429 => "Too many requests",
        501 => "Not offered",
        503 => "Not ready",
        _ => "Something went wrong",
    };
}
