using Mila.BuildingBlocks.Values;

namespace Mila.Events.Calls;

internal static class CancelCall
{
    /// <param name="Reason">Why, for the public and for those who sent something: 1 to 500 characters a language.</param>
    internal sealed record Request(LocalizedText Reason);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator() => RuleFor(r => r.Reason).Text(1, 500);
    }

    /// <summary>Call a call off, at the latest before its announcement. Everybody who takes part or reviews is written to.</summary>
    internal static async Task<Results<Tagged<CallResponse>, ProblemHttpResult>> Handle(Guid callId, Request request, IDocumentSession session, CallsOff calls, TimeProvider clock, CancellationToken ct)
    {
        var call = await session.LoadLockedAsync<Call>(callId, ct);
        if (call is null) return CallErrors.Unknown.ToProblem();
        if (!(await calls.OneAsync(session, call, request.Reason, ct)).Succeeded(out var refusal)) return refusal.ToProblem();

        await session.SaveChangesAsync(ct);
        return CallResponse.Tagged(call, clock.GetUtcNow());
    }
}
