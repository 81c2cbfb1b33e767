using System.Text.Json;
using System.Text.Json.Serialization;
using Mila.BuildingBlocks.Pages;
using Mila.Partners.Partners;
using Mila.Partners.Webhooks.Endpoints;
using Mila.Partners.Webhooks.Signing;
using Mila.Partners.Webhooks.Types;

namespace Mila.Partners.Webhooks.Messages;

/// <summary>Something that receivers are told.</summary>
/// <param name="Type">One of <see cref="Types.EventTypes"/>.</param>
/// <param name="Resource">What it is about.</param>
/// <param name="At">When it happened.</param>
/// <param name="Thin">Ids, URL, version and changed fields; no personal data.</param>
/// <param name="Full">The full public form, for endpoints that opted in.</param>
/// <param name="Channels">What it concerns beside the resource, of <see cref="Webhooks.Channels"/>.</param>
/// <param name="Audience">The partners that may know of it beside MILA itself, as the type's <see cref="Reach"/> asks; null for all.</param>
/// <param name="Shorter">The full public form without its long texts, for where it would be too long with them.</param>
internal sealed record Announcement(
    string Type, Guid Resource, DateTimeOffset At, object Thin, object? Full = null, IReadOnlyCollection<string>? Channels = null, IReadOnlyCollection<Guid>? Audience = null, object? Shorter = null);

/// <summary>Turns what happened into a message and one delivery per endpoint that asked for it, in the session's own transaction.</summary>
internal sealed class Announcer(IDocumentSession session, PublicAddress address, TimeProvider clock)
{
    /// <summary>The most a body may hold (API.md W4).</summary>
    internal const int MaxBody = 20_000;

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>Tell every enabled endpoint that wants to know.</summary>
    internal async Task AnnounceAsync(Announcement announcement, CancellationToken ct)
    {
        announcement = announcement with { Audience = await AudienceOfAsync(announcement, ct) };
        var endpoints = await session.Query<WebhookEndpoint>().Where(e => e.Enabled).ToListAsync(ct);
        WebhookEndpoint[] told = [.. endpoints.Where(e => e.Wants(announcement))];
        Announce(announcement, [.. told.Select(e => e.Id)], [.. told.Where(e => e.Manners.Ordered).Select(e => e.Id)]);
    }

    /// <summary>Tell these endpoints, of which some asked for order. Answers the id of the message.</summary>
    internal string Announce(Announcement announcement, Guid[] endpoints, params Guid[] ordered)
    {
        var message = new NewMessage(
            MessageIds.New(), announcement.Type, announcement.Resource, [.. announcement.Channels ?? []], announcement.Audience?.ToArray(), Body(announcement, announcement.Thin),
            FullBody(announcement), clock.GetUtcNow());
        if (message.Body.Length > MaxBody) throw new InvalidOperationException($"The thin form of {announcement.Type} has {message.Body.Length} bytes.");

        session.QueueOperation(new MessageInsert(message, endpoints, ordered));
        return message.Id;
    }

    /// <summary>Who may know is written beside the message when it happens: webhooks, resends, recoveries and the stream of changes ask nothing else.</summary>
    private async Task<IReadOnlyCollection<Guid>?> AudienceOfAsync(Announcement announcement, CancellationToken ct)
    {
        var reach = EventTypes.Find(announcement.Type)!.Reach;
        if (Reaches.Needs(reach) is not null) return [.. (await session.Query<Partner>().ToListAsync(ct)).Where(p => Reaches.Tells(reach, p)).Select(p => p.Id)];

        return (reach is Reach.Concerned) == (announcement.Audience is not null)
            ? announcement.Audience
            : throw new InvalidOperationException($"{announcement.Type} names an audience although everybody is told, or names none.");
    }

    /// <summary>The address of a resource, absolute where the operator said under which.</summary>
    internal string UrlOf(string path) => address.OrPath(path);

    private static byte[]? FullBody(Announcement announcement) =>
        new[] { announcement.Full, announcement.Shorter }.OfType<object>().Select(form => Body(announcement, form)).FirstOrDefault(body => body.Length <= MaxBody);

    private static byte[] Body(Announcement announcement, object data) =>
        JsonSerializer.SerializeToUtf8Bytes(new { announcement.Type, Timestamp = announcement.At.UtcDateTime, Data = data }, s_json);
}
