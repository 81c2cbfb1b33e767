using Mila.BuildingBlocks.Time;
using Mila.Partners.Agreements;
using Mila.Partners.Members;
using Mila.Partners.Partners;

namespace Mila.Partners.Proofs;

/// <summary>Who may issue, and whether somebody belongs.</summary>
internal static class ProofAccess
{
    /// <summary>Whether another partner, or MILA, issues under this name.</summary>
    internal static async Task<bool> IssuerTakenAsync(this IQuerySession session, ProofIssuer? wanted, Guid? partnerId, ProofNames names, CancellationToken ct) =>
        wanted is not null && (wanted.Issuer == names.Issuer || (await session.PartnerOfIssuerAsync(wanted.Issuer, ct) is { } taken && taken.Id != partnerId));

    internal static Task<Partner?> PartnerOfIssuerAsync(this IQuerySession session, string issuer, CancellationToken ct) =>
        session.Query<Partner>().FirstOrDefaultAsync(p => p.Terms.Proofs!.Issuer == issuer, ct);

    internal static Task<Partner?> PartnerOfCodeAsync(this IQuerySession session, string code, CancellationToken ct) => session.Query<Partner>().FirstOrDefaultAsync(p => p.Code == code, ct);

    /// <summary>Whether an agreement makes a proof worth something today.</summary>
    internal static async Task<bool> AgreesAsync(this IQuerySession session, Guid partnerId, Func<Agreement, DateOnly, bool> opens, DateTimeOffset now, CancellationToken ct) =>
        (await session.AgreementsAsync(partnerId, ct)).Any(a => opens(a, ParisTime.DateOf(now)));

    /// <summary>Null when this person belongs to MILA now; else why not.</summary>
    internal static async Task<Error?> StandingAsync(this IQuerySession session, Guid memberId, Guid contactId, CancellationToken ct)
    {
        if (await session.LoadAsync<KnownMember>(memberId, ct) is not { } member) return ProofErrors.UnknownMember.At("/memberId");
        if (await session.LoadAsync<ContactAtMember>(contactId, ct) is not { IsRemoved: false } contact || contact.MemberId != memberId) return ProofErrors.UnknownContact.At("/contactId");
        return member.Belongs ? null : ProofErrors.NotInGoodStanding;
    }

    /// <summary>Keeps that it happened, for as long as records are kept.</summary>
    internal static ProofRecord Keep(this IDocumentSession session, ProofRecord record)
    {
        session.Store(record);
        if (record.Times > 1) return record;

        session.PublishAt(new ProofTraceRunsOut(record.Id), record.At + ProofRecord.Kept);
        return record;
    }
}
