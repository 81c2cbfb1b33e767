using Mila.BuildingBlocks.Time;
using Mila.Partners.Partners;

namespace Mila.Partners.Agreements;

internal static class EndAgreement
{
    private const int LongestReason = 500;

    /// <param name="On">Its last day, included: from yesterday, which ends it at once, to the day that was agreed; today when it is left out.</param>
    /// <param name="Reason">Why, at most 500 characters.</param>
    internal sealed record Request(DateOnly? On = null, string? Reason = null);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.On).WithinReason();
            RuleFor(r => r.Reason).MaximumLength(LongestReason);
        }
    }

    /// <summary>End an agreement earlier than was agreed.</summary>
    internal static async Task<Results<Tagged<AgreementResponse>, ProblemHttpResult>> Handle(
        Guid partnerId, Guid agreementId, Request? request, Caller caller, IDocumentSession session, TimeProvider clock, CancellationToken ct)
    {
        if (await session.LockPartnerAsync(partnerId, caller, ct) is null) return PartnerErrors.Unknown.ToProblem();
        if (await session.LoadAgreementAsync(partnerId, agreementId, caller, ct) is not { } agreement) return AgreementErrors.Unknown.ToProblem();
        if (caller.IsPartner) return PartnerErrors.StaffOnly.ToProblem();

        var now = clock.GetUtcNow();
        var today = ParisTime.DateOf(now);
        if (!agreement.EndBy(request?.On ?? today, request?.Reason, today, now).Succeeded(out var refusal)) return refusal.ToProblem();

        // An end to come is a change; one that has come is told as such alone.
        if (agreement.Terms.EndsOn >= today) session.Publish(agreement.Changed(["endsOn"]));
        session.Settle(agreement, now);
        await session.SaveChangesAsync(ct);
        return AgreementResponse.Tagged(agreement, now);
    }
}
