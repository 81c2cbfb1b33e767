using System.Text.Json.Serialization;

namespace Mila.Events.Feedback;

/// <summary>What one who came says of an event: once, under the id of the registration.</summary>
internal sealed class FeedbackNote : IDocument
{
    /// <summary>The best score; the least is 1.</summary>
    public const int Best = 5;

    /// <summary>The longest text.</summary>
    public const int LongestText = 2000;

    [JsonConstructor]
    private FeedbackNote(Guid id, Guid eventId, int score, string? text, DateTimeOffset at) => (Id, EventId, Score, Text, At) = (id, eventId, score, text, at);

    public Guid Id { get; }

    public Guid EventId { get; }

    [JsonIgnore]
    public Guid Version { get; set; }

    public int Score { get; }

    public string? Text { get; }

    public DateTimeOffset At { get; }

    public static FeedbackNote Say(Guid registrationId, Guid eventId, int score, string? text, DateTimeOffset now) => new(registrationId, eventId, score, text, now);
}
