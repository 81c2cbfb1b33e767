namespace Mila.Events.Agenda;

/// <summary>Somebody who speaks; a year is planned with roles before names.</summary>
/// <param name="Name">As the agenda shows it.</param>
/// <param name="Role">What for.</param>
/// <param name="Organisation">From where.</param>
/// <param name="MayBeFilmed">Whether this person agrees to be filmed; a replay needs everybody's yes.</param>
/// <param name="ConsentedAt">When the person agreed last: the change that said so, unless staff name an earlier instant.</param>
/// <param name="WithdrawnAt">When the person took it back, by the same rule; null while it holds.</param>
internal sealed record Speaker(
    string? Name = null, string? Role = null, string? Organisation = null, bool MayBeFilmed = false, DateTimeOffset? ConsentedAt = null, DateTimeOffset? WithdrawnAt = null)
{
    /// <summary>These speakers with the dates of their consents, from what was known of each.</summary>
    public static IReadOnlyList<Speaker> Dated(IReadOnlyList<Speaker> said, IReadOnlyList<Speaker> known, DateTimeOffset now) =>
        [.. said.Select((s, i) => s.Dated(Among(known, s, i), now))];

    /// <summary>
    /// Whether nobody who is known is left out: each name stands as often as before, and each place without a name is still there, perhaps with one. A name written otherwise is another person,
    /// because it cannot be told from one.
    /// </summary>
    public static bool AllStand(IReadOnlyList<Speaker> said, IReadOnlyList<Speaker> known) =>
        said.Count >= known.Count
        && known.Where(k => k.Name is not null).GroupBy(k => k.Name, StringComparer.Ordinal).All(k => said.Count(s => s.Name == k.Key) >= k.Count());

    // Who has a name is known by it; who has none yet, by the place in the list.
    private static Speaker? Among(IReadOnlyList<Speaker> known, Speaker said, int place) =>
        said.Name is { } name ? known.FirstOrDefault(k => k.Name == name) ?? (place < known.Count && known[place].Name is null ? known[place] : null)
        : place < known.Count && known[place].Name is null ? known[place] : null;

    private Speaker Dated(Speaker? known, DateTimeOffset now) => (known?.MayBeFilmed ?? false, MayBeFilmed) switch
    {
        (false, true) => this with { ConsentedAt = Stated(ConsentedAt, known?.ConsentedAt, known?.WithdrawnAt, now), WithdrawnAt = null },
        (true, true) => this with { ConsentedAt = known!.ConsentedAt, WithdrawnAt = null },
        (true, false) => this with { ConsentedAt = known!.ConsentedAt, WithdrawnAt = Stated(WithdrawnAt, known.WithdrawnAt, known.ConsentedAt, now) },
        _ => this with { ConsentedAt = known?.ConsentedAt, WithdrawnAt = known?.WithdrawnAt },
    };

    /// <summary>What staff say of when, where it is news, after what came before and not in the future; else now.</summary>
    private static DateTimeOffset Stated(DateTimeOffset? said, DateTimeOffset? known, DateTimeOffset? before, DateTimeOffset now) =>
        said is { } at && said != known && at <= now && !(at < before) ? at.ToUniversalTime() : now;
}
