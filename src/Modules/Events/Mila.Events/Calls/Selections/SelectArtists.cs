namespace Mila.Events.Calls.Selections;

internal static class SelectArtists
{
    /// <param name="Reserves">How many stand in reserve, 0 to 100; fewer when there are not so many.</param>
    /// <param name="Ties">Equals that stand on the line between selected, reserve and others, or within the reserve: in which order, and why.</param>
    /// <param name="LeavingOut">Why submissions with too few reviews are left out, 3 to 500 characters; needed when there are any.</param>
    internal sealed record Request(int Reserves = 3, IReadOnlyList<TieBreak>? Ties = null, string? LeavingOut = null);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Reserves).InclusiveBetween(0, 100);
            RuleFor(r => r.Ties!).AtMost(100).When(r => r.Ties is not null);
            RuleForEach(r => r.Ties).NotNull().ChildRules(t =>
            {
                t.RuleFor(x => x.Order).NotEmpty().AtMost(1000).Must(o => o is null || o.Distinct().Count() == o.Count).WithErrorCode("duplicate").WithMessage(_ => Languages.Say("Each once.", "Chacune une seule fois."));
                t.RuleFor(x => x.Reason).NotEmpty().Length(3, 500);
            });
            RuleFor(r => r.LeavingOut!).Length(3, 500).When(r => r.LeavingOut is not null);
        }
    }

    /// <summary>
    /// Select exactly as many as the call has places by their scores, and ordered reserves behind them. What scores leave open is decided here, with a reason that is kept. Until the announcement it may be made anew.
    /// </summary>
    internal static async Task<Results<Tagged<SelectionResponse>, ProblemHttpResult>> Handle(
        Guid callId, Request request, Caller caller, IDocumentSession session, CallLetters letters, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var call = await session.LoadLockedAsync<Call>(callId, ct);
        if (call is null) return CallErrors.Unknown.ToProblem();

        CallClock.Follow(session, call, letters, clock);
        if (!call.Select(now).Succeeded(out var refusal)) return refusal.ToProblem();

        var (ranking, submissions) = await session.RankAsync(call, ct);
        var choice = new Choice(request.Reserves, [.. (request.Ties ?? []).Select(t => t with { Reason = t.Reason.Trim() })], request.LeavingOut?.Trim());
        if (!Selection.Decide(callId, call.Plan.Places, ranking, choice, await session.LoadAsync<Selection>(callId, ct), caller.Id, now).Succeeded(out var selection, out refusal)) return refusal.ToProblem();

        session.Store(call);
        session.WriteLocked([selection], s => s.Id, now);
        await session.SaveChangesAsync(ct);
        return Etag.Ok(SelectionResponse.Of(selection, call, submissions), SelectionResponse.VersionOf(selection, call));
    }
}
