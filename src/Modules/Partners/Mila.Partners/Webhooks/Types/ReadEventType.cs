using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Mila.Partners.Webhooks.Types;

internal static class ReadEventType
{
    /// <summary>Read the JSON Schema (draft 2020-12) of the messages of one type.</summary>
    internal static Results<ContentHttpResult, ProblemHttpResult> Handle(string type) =>
        EventTypes.Find(type) is { } known
            ? TypedResults.Content(EventTypeSchemas.Of(known).ToJsonString(), "application/schema+json")
            : EventTypeErrors.Unknown.ToProblem();
}
