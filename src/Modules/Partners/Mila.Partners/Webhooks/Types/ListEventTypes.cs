namespace Mila.Partners.Webhooks.Types;

internal static class ListEventTypes
{
    /// <summary>A type of message.</summary>
    /// <param name="Type">Its name.</param>
    /// <param name="Description">What has happened.</param>
    /// <param name="ToldTo">Which partners are told of it; MILA itself is told of everything.</param>
    /// <param name="HasFullForm">Whether an endpoint may ask for its full public form.</param>
    /// <param name="SchemaUrl">Where its JSON Schema is.</param>
    internal sealed record EventTypeResponse(string Type, string Description, Reach ToldTo, bool HasFullForm, string SchemaUrl);

    /// <summary>Everything that webhooks announce.</summary>
    /// <param name="Items">All of it, on one page.</param>
    internal sealed record Response(IReadOnlyList<EventTypeResponse> Items);

    private static readonly Response s_all = new([.. EventTypes.Catalogue.Select(t => new EventTypeResponse(t.Name, t.Description, t.Reach, t.Full is not null, $"/v1/event-types/{t.Name}"))]);

    /// <summary>List the types of messages.</summary>
    internal static Ok<Response> Handle() => TypedResults.Ok(s_all);
}
