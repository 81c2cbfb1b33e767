using System.Text.Json;
using JasperFx;
using Marten.Exceptions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Logging;
using Mila.BuildingBlocks.Results;
using Npgsql;

namespace Mila.BuildingBlocks.Api;

/// <summary>Every 4xx and 5xx leaves as a problem (API.md R1), whoever says no: a slice, the router, a middleware or a crash.</summary>
internal static partial class ProblemPipeline
{
    private const string UnknownMember = "' could not be mapped to any .NET member";
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void UseProblems(this IApplicationBuilder app)
    {
        app.Use(CatchAsync);
        app.UseStatusCodePages(context =>
        {
            // Where GET is, HEAD is.
            if (context.HttpContext.Response.Headers.Allow is [{ } allowed] && allowed.Split(", ").Contains("GET")) context.HttpContext.Response.Headers.Allow = $"{allowed}, HEAD";
            return WriteAsync(context.HttpContext, OfStatus(context.HttpContext.Response.StatusCode));
        });
    }

    /// <summary>Completes the problems that slices answer; on every endpoint.</summary>
    public static async ValueTask<object?> CompleteAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var result = await next(context);
        var inner = result is INestedHttpResult nested ? nested.Result : result;
        if (inner is ProblemHttpResult { ProblemDetails: Problems.LocalizedProblem problem })
        {
            problem.Complete(context.HttpContext);
            context.HttpContext.Response.Headers.CacheControl = "no-store";
        }

        return result;
    }

    /// <summary>Answer with this refusal from outside a slice.</summary>
    public static async Task WriteAsync(HttpContext context, Error error)
    {
        var problem = new Problems.LocalizedProblem(error);
        problem.Complete(context);
        context.Response.StatusCode = error.Status;
        context.Response.ContentType = "application/problem+json";
        context.Response.Headers.CacheControl = "no-store";

        // What was not read still stands in the way of the next request on this connection.
        if (error.Status == 413 && HttpProtocol.IsHttp11(context.Request.Protocol)) context.Response.Headers.Connection = "close";
        if (HttpMethods.IsHead(context.Request.Method)) return;

        await context.Response.WriteAsJsonAsync<object>(problem, Json, "application/problem+json", context.RequestAborted);
    }

    private static async Task CatchAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The caller has gone: nobody reads an answer.
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            var error = OfException(e);
            if (error.Status >= 500) LogBroken(((ILoggerFactory)context.RequestServices.GetService(typeof(ILoggerFactory))!).CreateLogger("Mila.Api"), context.Request.Method, context.GetEndpoint()?.DisplayName, e.GetType().Name, Safe(e));
            var headers = context.Response.Headers.Where(h => h.Key.StartsWith("RateLimit", StringComparison.OrdinalIgnoreCase) || h.Key.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase)).ToArray();
            context.Response.Clear();
            foreach (var (name, value) in headers) context.Response.Headers[name] = value;
            if (error.Status == 503) context.Response.Headers.RetryAfter = "2";
            await WriteAsync(context, error);
        }
    }

    // A message may quote a person's data (PostgreSQL shows the row): only where it happened goes to the log.
    private static string Safe(Exception e) => e is PostgresException p ? $"{p.SqlState} {p.ConstraintName}" : e.StackTrace ?? "";

    internal static Error OfException(Exception e) => e switch
    {
        BadHttpRequestException { StatusCode: 413 } => ApiErrors.TooLarge,
        BadHttpRequestException { StatusCode: 415 } => ApiErrors.UnsupportedMediaType,
        BadHttpRequestException { InnerException: JsonException json } => OfShape(json),
        BadHttpRequestException { StatusCode: < 500 } => ApiErrors.Unreadable,
        JsonException json => OfShape(json),
        RefusedException refused => refused.Error,
        ConcurrencyException => ApiErrors.Race,
        DocumentAlreadyExistsException => ApiErrors.AlreadyExists,
        AggregateException { InnerExceptions: [var only] } => OfException(only),
        PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } => ApiErrors.AlreadyExists,
        PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure } => ApiErrors.Race,
        PostgresException { SqlState: PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.TooManyConnections } => ApiErrors.NotReady,
        PostgresException => ApiErrors.Broken,
        NpgsqlException => ApiErrors.NotReady,
        MartenCommandException { InnerException: { } cause } => OfException(cause),
        _ => ApiErrors.Broken,
    };

    /// <summary>JSON that is well-formed but not of the shape that the operation reads.</summary>
    internal static InvalidError OfShape(JsonException e) => ApiErrors.Invalid.At(ShapeFaults(e));

    /// <summary>What is wrong, one fault a member.</summary>
    /// <param name="e">What the reader said.</param>
    /// <param name="under">Where in the body it was reading.</param>
    internal static IReadOnlyList<FieldError> ShapeFaults(JsonException e, string under = "")
    {
        var pointer = under + JsonPointer.OfPath(e.Path);
        var message = e.Message;
        if (e.Data[InstantConverter.CodeKey] is string code) return [new FieldError(pointer, code, message)];
        if (message.Contains("missing required", StringComparison.Ordinal))
        {
            // "JSON deserialization for type 'X' was missing required properties including: 'title', 'programme'." The type is ours to know.
            var names = message[(message.LastIndexOf(':') + 1)..].Split('\'').Where((_, i) => i % 2 == 1);
            return [.. names.Select(name => new FieldError($"{pointer}/{JsonPointer.Escape(name)}", "required", Languages.Say("This member is missing.", "Ce membre manque.")))];
        }

        if (message.Contains(UnknownMember, StringComparison.Ordinal))
        {
            // "The JSON property 'x' could not be mapped to any .NET member contained in type 'X'."
            var name = message[(message.IndexOf('\'', StringComparison.Ordinal) + 1)..message.IndexOf(UnknownMember, StringComparison.Ordinal)];
            return [new FieldError(under + JsonPointer.OfUnknown(e.Path, name), "unknown-member", Languages.Say("There is no such member.", "Ce membre n’existe pas."))];
        }

        return [new FieldError(pointer, "wrong-type", Languages.Say("Not a value of this member's type.", "Ce n’est pas une valeur de ce type."))];
    }

    private static Error OfStatus(int status) => status switch
    {
        400 => ApiErrors.Unreadable,
        401 => ApiErrors.Unauthenticated,
        403 => ApiErrors.Forbidden,
        404 => ApiErrors.UnknownRoute,
        405 => ApiErrors.MethodNotAllowed,
        406 => ApiErrors.NotAcceptable,
        413 => ApiErrors.TooLarge,
        415 => ApiErrors.UnsupportedMediaType,
        < 500 => new ProtocolError(status, $"status-{status}", "The request was refused.", "La requête est refusée."),
        503 => ApiErrors.NotReady,
        _ => ApiErrors.Broken,
    };

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Endpoint} broke with {Fault}: {Where}")]
    private static partial void LogBroken(ILogger logger, string method, string? endpoint, string fault, string where);
}

/// <summary>A refusal from a place that cannot answer a result, such as the binding of a parameter.</summary>
internal sealed class RefusedException(Error error) : Exception(error.Code)
{
    public Error Error { get; } = error;
}
