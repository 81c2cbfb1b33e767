namespace Mila.BuildingBlocks.Outbox;

/// <summary>
/// For a handler that waits for something outside the database, such as a mail server: how long it may take in all.
/// Others are given <see cref="OutboxOptions.HandlerLimit"/>, and no more than <see cref="OutboxOptions.IdleLimit"/> between two statements.
/// </summary>
/// <param name="seconds">How long.</param>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class HandlerLimitAttribute(int seconds) : Attribute
{
    public TimeSpan Limit { get; } = TimeSpan.FromSeconds(seconds);
}
