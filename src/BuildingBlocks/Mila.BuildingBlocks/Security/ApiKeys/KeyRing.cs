using System.Collections.Concurrent;
using Marten;
using Microsoft.Extensions.Logging;

namespace Mila.BuildingBlocks.Security.ApiKeys;

/// <summary>The keys that this host has met in the last half second, so that a busy key costs two queries a second and a revoked one is refused within one
/// second by every host.</summary>
internal sealed class KeyRing(IDocumentStore store, TimeProvider clock, ILogger<KeyRing> logger)
{
    /// <summary>How long an answer of the database is believed, counted from the moment of asking.</summary>
    public static readonly TimeSpan Freshness = TimeSpan.FromMilliseconds(500);

    /// <summary>How exactly the last use of a key is known.</summary>
    public static readonly TimeSpan UseResolution = TimeSpan.FromMinutes(1);

    // Made-up keys with a right checksum are met too: they must not fill the memory.
    private const int Capacity = 10_000;
    private static readonly TimeSpan PatienceWithUses = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, Answer> _answers = new();
    private readonly ConcurrentDictionary<Guid, DateTimeOffset> _uses = new();

    /// <summary>The key with this hash, or null; as the database had it at most <see cref="Freshness"/> ago.</summary>
    public Task<ApiKey?> FindAsync(string hash)
    {
        var now = clock.GetTimestamp();
        if (_answers.TryGetValue(hash, out var known) && !known.Key.IsFaulted && clock.GetElapsedTime(known.AskedAt, now) < Freshness) return known.Key;

        if (_answers.Count >= Capacity) _answers.Clear();
        var answer = new Answer(now, ReadAsync(hash));
        _answers[hash] = answer;
        return answer.Key;
    }

    /// <summary>Makes this host ask again at once; the others do within <see cref="Freshness"/>.</summary>
    public void Forget(string hash) => _answers.TryRemove(hash, out _);

    /// <summary>Takes down that the key was used, once a minute at most, in a transaction of its own. Failing to is logged and harms nobody.</summary>
    public async Task NoteUseAsync(ApiKey key)
    {
        var now = clock.GetUtcNow();
        var before = _uses.GetOrAdd(key.Id, DateTimeOffset.MinValue);
        if (now - before < UseResolution || !_uses.TryUpdate(key.Id, now, before)) return;

        using var patience = new CancellationTokenSource(PatienceWithUses, TimeProvider.System);
        try
        {
            await using var session = store.LightweightSession();
            var use = await session.LoadAsync<ApiKeyUse>(key.Id, patience.Token);
            if (use?.Note(now) == false) return;

            session.Store(use ?? ApiKeyUse.First(key.Id, now));
            await session.SaveChangesAsync(patience.Token);
        }
        catch (Exception exception)
        {
            // Most often another host that took the same minute down first.
            logger.LogDebug(exception, "The use of key {KeyId} was not taken down", key.Id);
        }
    }

    // Several requests may wait for this answer: none of them may cancel it.
    private async Task<ApiKey?> ReadAsync(string hash)
    {
        await using var session = store.QuerySession();
        return await session.Query<ApiKey>().FirstOrDefaultAsync(key => key.Hash == hash, CancellationToken.None);
    }

    private sealed record Answer(long AskedAt, Task<ApiKey?> Key);
}
