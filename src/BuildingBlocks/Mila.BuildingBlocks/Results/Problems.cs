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
            Title = TitleOf(error.Status).En;
            Status = error.Status;
            Detail = error.Detail;
            Extensions["code"] = error.Code;
            if (error.Fields.Count > 0) Extensions["errors"] = error.Fields;
        }

        public void Complete(HttpContext context)
        {
            Instance = context.Request.Path;
            Extensions["traceId"] = System.Diagnostics.Activity.Current?.TraceId.ToHexString() ?? context.TraceIdentifier;
            if (Languages.Preferred(context.Request) != "fr") return;

            (Title, Detail) = (TitleOf(_error.Status).Fr, _error.DetailFr ?? _error.Detail);
        }
    }

    private static (string En, string Fr) TitleOf(int status) => status switch
    {
        400 => ("The request cannot be read", "Requête illisible"),
        401 => ("A key is needed", "Une clé est nécessaire"),
        403 => ("Not allowed", "Non autorisé"),
        404 => ("Not found", "Introuvable"),
        405 => ("Method not allowed", "Méthode non acceptée"),
        406 => ("No such representation", "Aucune représentation de ce type"),
        408 => ("The request took too long", "La requête a duré trop longtemps"),
        409 => ("Refused by a rule", "Refusé par une règle"),
        410 => ("Gone", "N'est plus là"),
        412 => ("Changed in between", "Modifié entre-temps"),
        413 => ("Too large", "Trop volumineux"),
        415 => ("Unsupported media type", "Type de contenu non accepté"),
        422 => ("Invalid", "Invalide"),
        428 => ("If-Match is needed", "If-Match est nécessaire"),
        429 => ("Too many requests", "Trop de requêtes"),
        501 => ("Not offered", "Non proposé"),
        503 => ("Not ready", "Pas prêt"),
        _ => ("Something went wrong", "Une erreur est survenue"),
    };
}
