using System.Text.Json;

namespace Mila.BuildingBlocks.Outbox.DeadLetters;

/// <summary>A notification that one handler refused to the last try.</summary>
/// <param name="Id">Of this notification for this handler.</param>
/// <param name="Subscriber">Module and handler, such as <c>Signage.WhenMemberSuspended</c>.</param>
/// <param name="Type">Module and notification, such as <c>Membership.MemberSuspended</c>.</param>
/// <param name="Body">The notification.</param>
/// <param name="Attempts">How often the handler was tried.</param>
/// <param name="Error">What it met the last time.</param>
/// <param name="PublishedAt">When the notification was published.</param>
/// <param name="ParkedAt">When its handler was given up.</param>
internal sealed record DeadLetterResponse(
    Guid Id, string Subscriber, string Type, JsonElement Body, int Attempts, string Error, DateTimeOffset PublishedAt, DateTimeOffset ParkedAt)
{
    public static DeadLetterResponse Of(DeadLetter letter) => new(
        letter.Id, letter.Lane.Subscriber, letter.Type, JsonElement.Parse(letter.Body), letter.Attempts, letter.Error, letter.PublishedAt, letter.ParkedAt);
}
