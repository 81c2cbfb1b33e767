using Mila.BuildingBlocks.Time;
using Mila.Membership.Contracts;

namespace Mila.Membership.Members;

internal static class RecordDeparture
{
    /// <param name="On">Last day of the membership, today or earlier; null is today.</param>
    internal sealed record Request(DateOnly? On = null);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator() => RuleFor(r => r.On).WithinReason();
    }

    /// <summary>Record that a member has left.</summary>
    internal static async Task<Results<Tagged<MemberResponse>, ProblemHttpResult>> Handle(Guid memberId, Request? request, IDocumentSession session, TimeProvider clock, CancellationToken ct)
    {
        var member = await session.LoadAsync<Member>(memberId, ct);
        if (member is null) return MemberErrors.Unknown.ToProblem();

        var (on, today) = (request?.On ?? ParisTime.Today(clock), ParisTime.Today(clock));
        if (!member.Leave(on, today, clock.GetUtcNow()).Succeeded(out var refusal)) return refusal.ToProblem();

        session.Store(member);
        session.Publish(new MemberLeft(member.Id, on, member.Revision, member.UpdatedAt));
        await session.SaveChangesAsync(ct);
        return Etag.Ok(MemberResponse.Of(member), member);
    }
}
