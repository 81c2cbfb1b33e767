using System.Text.Json.Serialization;

namespace Mila.Partners.Webhooks.Announcements;

/// <summary>
/// What became of the registrations for an event before its publication was heard of, which comes by another way: who hosts it is not known until then.
/// Told with the publication, in this order.
/// </summary>
internal sealed class EarlyRegistrations : IDocument
{
    [JsonConstructor]
    private EarlyRegistrations(Guid id, IReadOnlyList<RegistrationToTell> news) => (Id, News) = (id, news);

    /// <summary>Of the event.</summary>
    public Guid Id { get; }

    [JsonIgnore]
    public Guid Version { get; set; }

    public IReadOnlyList<RegistrationToTell> News { get; private set; }

    public static EarlyRegistrations Of(Guid eventId) => new(eventId, []);

    public void Add(RegistrationToTell news) => News = [.. News, news];

    /// <summary>Until the end of the transaction: what is kept meanwhile would be kept for ever, were the event heard of between the look and the keeping.</summary>
    public static Task LockAsync(IDocumentSession session, Guid eventId, CancellationToken ct) => session.LockNameAsync("early registrations", eventId.ToString(), ct);
}
