using System.Text.Json.Serialization;

namespace Mila.Partners.PartnerEvents;

/// <summary>An event of a partner's, as the partner last said it; a tombstone once it was taken back.</summary>
internal sealed class PartnerEvent : IDocument
{
    /// <summary>The most events of one partner that stand and are not over.</summary>
    public const int Most = 1000;

    /// <summary>The longest event, in days.</summary>
    public const int MaxDays = 31;

    public const int LongestExternalId = 100;

    [JsonConstructor]
    private PartnerEvent(
        Guid id, Guid partnerId, string externalId, PartnerEventTerms? terms, DateTimeOffset? cancelledAt, DateTimeOffset? withdrawnAt, DateTimeOffset firstPushedAt, int moves, int revision,
        DateTimeOffset updatedAt)
    {
        (Id, PartnerId, ExternalId, Terms, CancelledAt, WithdrawnAt) = (id, partnerId, externalId, terms, cancelledAt, withdrawnAt);
        (FirstPushedAt, Moves, Revision, UpdatedAt) = (firstPushedAt, moves, revision, updatedAt);
    }

    public Guid Id { get; }

    [JsonIgnore]
    public Guid Version { get; set; }

    public Guid PartnerId { get; }

    /// <summary>The partner's own id of it; unique with the partner.</summary>
    public string ExternalId { get; }

    /// <summary>Null for a tombstone: what was said is forgotten with it.</summary>
    public PartnerEventTerms? Terms { get; private set; }

    public DateTimeOffset? CancelledAt { get; private set; }

    public DateTimeOffset? WithdrawnAt { get; private set; }

    public DateTimeOffset FirstPushedAt { get; private set; }

    /// <summary>How often its time changed or it was called off: iCalendar's SEQUENCE.</summary>
    public int Moves { get; private set; }

    public int Revision { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    public bool IsWithdrawn => WithdrawnAt is not null;

    public string SortKey => Terms?.StartsAt is { } start ? Sortable(start) : Terms?.Month ?? "~";

    public PartnerEventStatus Status => IsWithdrawn ? PartnerEventStatus.Withdrawn : CancelledAt is null ? PartnerEventStatus.Published : PartnerEventStatus.Cancelled;

    /// <summary>The sort key of the first event that may not be over: the longest lasts as long as a month.</summary>
    public static string NotOverSince(DateTimeOffset now) => Sortable(now.AddDays(-MaxDays));

    /// <param name="id">As MILA calls it.</param>
    /// <param name="partnerId">Whose it is.</param>
    /// <param name="externalId">As the partner calls it.</param>
    /// <param name="terms">What the partner says.</param>
    /// <param name="cancelled">Whether it is called off.</param>
    /// <param name="now">When.</param>
    public static PartnerEvent Push(Guid id, Guid partnerId, string externalId, PartnerEventTerms terms, bool cancelled, DateTimeOffset now) =>
        new(id, partnerId, externalId, terms, cancelled ? now : null, withdrawnAt: null, firstPushedAt: now, moves: 0, revision: 1, updatedAt: now);

    /// <summary>The partner says it anew; what was taken back stands again. False when it says the same.</summary>
    public bool Replace(PartnerEventTerms terms, bool cancelled, DateTimeOffset now)
    {
        if (Terms is { } before && cancelled == CancelledAt is not null && before.Same(terms)) return false;

        if (Terms is null) FirstPushedAt = now;
        if (Terms is null || terms.Moves(Terms) || cancelled != CancelledAt is not null) Moves++;
        (Terms, CancelledAt, WithdrawnAt) = (terms, cancelled ? CancelledAt ?? now : null, null);
        (Revision, UpdatedAt) = (Revision + 1, now);
        return true;
    }

    /// <summary>The partner takes it back.</summary>
    public void Withdraw(DateTimeOffset now)
    {
        (Terms, CancelledAt, WithdrawnAt) = (null, null, now);
        (Revision, UpdatedAt) = (Revision + 1, now);
    }

    private static string Sortable(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", System.Globalization.CultureInfo.InvariantCulture);
}
