using System.Text.Json;
using Mila.BuildingBlocks.Pages;
using Mila.BuildingBlocks.Values;
using Mila.Events.Feeds;

namespace Mila.Events.Calls.Pages;

internal static class ServeCalls
{
    /// <param name="Items">All calls that were published, what closes last first; at most 100.</param>
    internal sealed record Response(IReadOnlyList<Item> Items);

    /// <param name="Id">The call.</param>
    /// <param name="Url">Its page.</param>
    /// <param name="SubmissionsUrl">Where a submission is posted as JSON.</param>
    /// <param name="Title">Title.</param>
    /// <param name="Text">Markdown.</param>
    /// <param name="Status"><c>scheduled</c>, <c>open</c>, <c>closed</c>, <c>announced</c> or <c>cancelled</c>.</param>
    /// <param name="Programme">Code of the programme that it belongs to.</param>
    /// <param name="EventId">The event whose stage it fills, if it is of one.</param>
    /// <param name="OpensAt">From when it takes submissions.</param>
    /// <param name="ClosesAt">Until when.</param>
    /// <param name="Places">How many are selected.</param>
    /// <param name="Criteria">By what reviewers score.</param>
    /// <param name="Selected">Names of the acts that are selected; null before the announcement.</param>
    internal sealed record Item(
        Guid Id, string Url, string SubmissionsUrl, LocalizedText Title, LocalizedText Text, CallStatus Status, string? Programme, Guid? EventId, DateTimeOffset OpensAt, DateTimeOffset ClosesAt, int Places,
        IReadOnlyList<Criterion> Criteria, IReadOnlyList<string>? Selected);

    /// <summary>The calls for artists as JSON, with who is selected once that is announced.</summary>
    internal static async Task<IResult> Handle(HttpContext context, IQuerySession session, AgendaSite site, TimeProvider clock, CancellationToken ct)
    {
        var calls = await PublicCall.AllAsync(session, clock.GetUtcNow(), ct);
        var items = calls.Select(c => new Item(
            c.Call.Id, site.Url(c.Path), site.Url($"/v1/calls/{c.Call.Id}/submissions"), c.Call.Plan.Title, c.Call.Plan.Text, c.Status, c.Call.Plan.Programme, c.Call.Plan.EventId, c.Call.Plan.OpensAt,
            c.Call.Plan.ClosesAt, c.Call.Plan.Places, c.Call.Plan.Criteria, c.Selected)).ToList();

        // Not kept with the agenda's edition: it changes by the clock.
        var bytes = new ServedBytes(JsonSerializer.SerializeToUtf8Bytes(new Response(items), JsonRules.Options), "application/json; charset=utf-8", "public, max-age=60");
        await bytes.WriteAsync(context);
        return TypedResults.Empty;
    }
}
