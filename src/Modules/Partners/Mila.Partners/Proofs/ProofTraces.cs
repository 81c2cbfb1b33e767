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
    private ProofRecord(Guid id, ProofAct act, string? refusal, Guid? partnerId, string kid, string callerId, DateTimeOffset at) =>
        (Id, Act, Refusal, PartnerId, Kid, CallerId, At) = (id, act, refusal, partnerId, kid, callerId, at);

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

    public static ProofRecord Of(ProofAct act, string? refusal, Guid? partnerId, string kid, string callerId, DateTimeOffset now) => new(Guid.CreateVersion7(now), act, refusal, partnerId, kid, callerId, now);
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
