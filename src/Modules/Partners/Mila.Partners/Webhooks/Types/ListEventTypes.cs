using Mila.Partners.Partners;

namespace Mila.Partners.Webhooks.Types;

internal static class ListEventTypes
{
    /// <summary>A type of message.</summary>
    /// <param name="Type">Its name.</param>
    /// <param name="Description">What has happened.</param>
    /// <param name="ToldTo">Which partners are told of it; MILA itself is told of everything.</param>
    /// <param name="Told">Whether the caller is: its endpoints may ask for the type in any case, and are sent it from the day on which it is.</param>
    /// <param name="HasFullForm">Whether an endpoint may ask for its full public form.</param>
    /// <param name="SchemaUrl">Where its JSON Schema is.</param>
    internal sealed record EventTypeResponse(string Type, string Description, Reach ToldTo, bool Told, bool HasFullForm, string SchemaUrl);

    /// <summary>Everything that webhooks announce.</summary>
    /// <param name="Items">All of it, on one page.</param>
    internal sealed record Response(IReadOnlyList<EventTypeResponse> Items);

    /// <summary>List the types of messages, and which of them the caller is told of.</summary>
    internal static async Task<Ok<Response>> Handle(Caller caller, IQuerySession session, CancellationToken ct)
    {
        var partner = caller.PartnerId is { } own ? await session.LoadAsync<Partner>(own, ct) : null;
        return TypedResults.Ok(new Response(
            [.. EventTypes.Catalogue.Select(t => new EventTypeResponse(t.Name, t.Description, t.Reach, !caller.IsPartner || Reaches.Tells(t.Reach, partner), t.Full is not null, $"/v1/event-types/{t.Name}"))]));
    }
}
