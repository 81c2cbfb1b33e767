using Mila.BuildingBlocks.Time;
using Mila.Partners.Contracts;

namespace Mila.Partners.Agreements;

/// <summary>What the other modules, and MILA at a later day, are told of an agreement.</summary>
internal static class AgreementNews
{
    public static AgreementSigned Signed(this Agreement a) => new(
        a.Id, a.PartnerId, a.Kind.Word(), a.Terms.Direction.Word(), a.Terms.StartsOn, a.Terms.EndsOn, a.Terms.Grants.Events, a.Terms.Grants.Consultations, a.Terms.Grants.SeatsPerEvent,
        a.Terms.Grants.SeatsReleasedHoursBefore, a.Revision, a.UpdatedAt);

    public static AgreementChanged Changed(this Agreement a, IReadOnlyList<string> fields) => new(
        a.Id, a.PartnerId, a.Kind.Word(), a.Terms.Direction.Word(), a.Terms.StartsOn, a.Terms.EndsOn, a.Terms.Grants.Events, a.Terms.Grants.Consultations, a.Terms.Grants.SeatsPerEvent,
        a.Terms.Grants.SeatsReleasedHoursBefore, fields, a.Revision, a.UpdatedAt);

    /// <summary>Stores it with what is said of it. When its last day has passed that is said too; else its end is put on the calendar.</summary>
    public static void Tell(this IDocumentSession session, Agreement agreement, MediatR.INotification news, DateTimeOffset now)
    {
        session.Publish(news);
        session.Settle(agreement, now);
    }

    /// <summary>The same without news of its own.</summary>
    public static void Settle(this IDocumentSession session, Agreement agreement, DateTimeOffset now)
    {
        if (agreement.RunOut(ParisTime.DateOf(now), now)) session.Publish(new AgreementEnded(agreement.Id, agreement.PartnerId, agreement.Terms.EndsOn!.Value, agreement.Revision, now));
        else if (agreement is { EndedAt: null, Terms.EndsOn: { } last }) session.PublishAt(new AgreementRunsOut(agreement.Id, last), ParisTime.StartOf(last.AddDays(1)));
        session.Store(agreement);
    }
}

/// <summary>The last day of an agreement has passed. Scheduled by Partners for itself, at 00:00 in Paris of the day after.</summary>
/// <param name="AgreementId">The agreement.</param>
/// <param name="LastDay">As it was when this was scheduled: an agreement that runs on has another one.</param>
internal sealed record AgreementRunsOut(Guid AgreementId, DateOnly LastDay) : INotification;
