using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;

namespace Mila.Partners.Proofs;

/// <summary>A proof that MILA issued and that may still be good: for whom, so that it ends with the membership. Gone minutes later.</summary>
internal sealed class IssuedProof : IDocument
{
    [JsonConstructor]
    private IssuedProof(Guid id, Guid memberId, Guid contactId) => (Id, MemberId, ContactId) = (id, memberId, contactId);

    /// <summary><see cref="ProofRules.KeyOf"/> of the token.</summary>
    public Guid Id { get; }

    [JsonIgnore]
    public Guid Version { get; set; }

    public Guid MemberId { get; }

    public Guid ContactId { get; }

    public static IssuedProof Of(Guid key, Guid memberId, Guid contactId) => new(key, memberId, contactId);
}

/// <summary>A proof that was used and may still be good: it is not taken twice. Gone minutes later.</summary>
internal sealed class UsedProof : IDocument
{
    [JsonConstructor]
    private UsedProof(Guid id) => Id = id;

    /// <summary><see cref="ProofRules.KeyOf"/> of the token.</summary>
    public Guid Id { get; }

    [JsonIgnore]
    public Guid Version { get; set; }

    public static UsedProof Of(Guid key) => new(key);
}

/// <summary>That a proof was issued, accepted or refused; by no word of whom.</summary>
internal sealed class ProofRecord : IDocument
{
    /// <summary>How long it is kept.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    [JsonConstructor]
    private ProofRecord(Guid id, ProofAct act, string? refusal, Guid? partnerId, string kid, string callerId, DateTimeOffset at, int times = 1) =>
        (Id, Act, Refusal, PartnerId, Kid, CallerId, At, Times) = (id, act, refusal, partnerId, kid, callerId, at, times);

    public Guid Id { get; }

    [JsonIgnore]
    public Guid Version { get; set; }

    public ProofAct Act { get; }

    /// <summary>The code of the refusal.</summary>
    public string? Refusal { get; }

    /// <summary>Whom it was issued for, or whose it is.</summary>
    public Guid? PartnerId { get; }

    /// <summary>The key that signed it, or says so.</summary>
    public string Kid { get; }

    /// <summary>The credential that asked.</summary>
    public string CallerId { get; }

    public DateTimeOffset At { get; }

    /// <summary>How many refusals of one kind it stands for, from <see cref="At"/> to the end of that hour.</summary>
    public int Times { get; private set; }

    public static ProofRecord Of(ProofAct act, Guid? partnerId, string kid, string callerId, DateTimeOffset now) => new(Guid.CreateVersion7(now), act, refusal: null, partnerId, kid, callerId, now);

    /// <summary>One more refusal: of one kind, by one caller, in one hour there is one record, however often somebody tries.</summary>
    /// <param name="session">Whose transaction keeps it.</param>
    /// <param name="refusal">Its code.</param>
    /// <param name="partnerId">Whose the proof is, or whose key asked.</param>
    /// <param name="kid">The key that it names, when there is such a key.</param>
    /// <param name="callerId">The credential that asked.</param>
    /// <param name="now">When.</param>
    /// <param name="ct">Stops waiting for who is refused at the same time.</param>
    public static async Task<ProofRecord> RefusedAsync(IDocumentSession session, string refusal, Guid? partnerId, string kid, string callerId, DateTimeOffset now, CancellationToken ct)
    {
        var kind = $"{refusal}\n{partnerId}\n{kid}\n{callerId}\n{now.UtcDateTime:yyyy-MM-ddTHH}";
        await session.LockNameAsync("proof refusal", kind, ct);
        var id = new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(kind)).AsSpan(0, 16));
        if (await session.LoadAsync<ProofRecord>(id, ct) is not { } record) return new ProofRecord(id, ProofAct.Refused, refusal, partnerId, kid, callerId, now);

        record.Times++;
        return record;
    }
}

/// <summary>What was done with a proof.</summary>
internal enum ProofAct
{
    /// <summary>MILA said that somebody belongs to it.</summary>
    Issued,

    /// <summary>A proof was good, and is used now.</summary>
    Accepted,

    /// <summary>It was not good.</summary>
    Refused,
}

/// <summary>What is kept of a proof, or a key that was replaced, is needed no longer. Scheduled by Partners for itself.</summary>
internal sealed record ProofTraceRunsOut(Guid TraceId) : INotification;
