using Mila.Events.Calls.Selections;
using Mila.Events.Calls.Submissions;

namespace Mila.Events.Calls.Pages;

/// <summary>What anybody may know of a call.</summary>
/// <param name="Call">The call; its terms and texts are public.</param>
/// <param name="Status">Its public status.</param>
/// <param name="Selected">Acts that are selected, by their names; null before the announcement.</param>
internal sealed record PublicCall(Call Call, CallStatus Status, IReadOnlyList<string>? Selected)
{
    private const int Most = 100;

    /// <summary>Where its page is.</summary>
    public string Path => $"/calls/{Call.Slug}";

    /// <summary>All that were ever published, what closes last first.</summary>
    public static async Task<IReadOnlyList<PublicCall>> AllAsync(IQuerySession session, DateTimeOffset now, CancellationToken ct) =>
        await ShowAsync(session, await session.Query<Call>().Where(c => c.PublishedAt != null).OrderByDescending(c => c.Plan.ClosesAt).Take(Most).ToListAsync(ct), now, ct);

    /// <summary>The one at this address; null when there is none, or none that anybody may know.</summary>
    public static async Task<PublicCall?> FindAsync(IQuerySession session, string slug, DateTimeOffset now, CancellationToken ct) =>
        await session.Query<Call>().FirstOrDefaultAsync(c => c.Slug == slug, ct) is { PublishedAt: not null } call ? (await ShowAsync(session, [call], now, ct))[0] : null;

    private static async Task<IReadOnlyList<PublicCall>> ShowAsync(IQuerySession session, IReadOnlyList<Call> calls, DateTimeOffset now, CancellationToken ct)
    {
        var announced = calls.Where(c => c.Status is CallStatus.Announced).Select(c => c.Id).ToArray();
        var selections = announced.Length == 0 ? [] : (await session.LoadManyAsync<Selection>(ct, announced)).ToDictionary(s => s.Id);
        var ids = selections.Values.SelectMany(s => s.Selected).Select(e => e.Ranked.SubmissionId).ToArray();
        var acts = ids.Length == 0 ? [] : (await session.LoadManyAsync<Submission>(ct, ids)).ToDictionary(s => s.Id, s => s.Work.Act);
        return [.. calls.Select(c => new PublicCall(c, c.PublicStatusAt(now), selections.TryGetValue(c.Id, out var s) ? [.. s.Selected.Select(e => acts.GetValueOrDefault(e.Ranked.SubmissionId, "")).Order(StringComparer.CurrentCultureIgnoreCase)] : null))];
    }
}
