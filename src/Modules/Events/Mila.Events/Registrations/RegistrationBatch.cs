using System.Collections.ObjectModel;
using Mila.BuildingBlocks.Api.Idempotency;
using Mila.Events.Agenda;
using Mila.Events.Letters;
using Mila.Events.Waiting;
using RegistrationResult = Microsoft.AspNetCore.Http.HttpResults.Results<Mila.BuildingBlocks.Api.TaggedCreated<Mila.Events.Registrations.RegistrationResponse>, Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult, Mila.BuildingBlocks.Api.Idempotency.KeptAnswer>;

namespace Mila.Events.Registrations;

/// <summary>Answers everybody who asks for a place at one event in one transaction: seats, outbox rows and the answers kept under Idempotency-Keys.</summary>
internal sealed class RegistrationBatch(IDocumentStore store, Desks desks, TimeProvider clock)
{
    public async Task ServeAsync(IReadOnlyList<Asked> asked)
    {
        var ct = CancellationToken.None;
        await using var session = store.LightweightSession();
        var (desk, knowledge) = await desks.OpenAsync(session, asked[0].EventId, InquiryOf(asked), ct);
        var outcomes = new Outcome[asked.Count];
        Recall(asked, knowledge.Kept, outcomes);
        if (desk is null) Array.ForEach(outcomes, o => o.Refusal ??= EventErrors.Unknown);
        else await DecideAsync(session, desk, knowledge, asked, outcomes, ct);

        var answers = new RegistrationAnswer[asked.Count];
        for (var i = 0; i < asked.Count; i++) answers[i] = outcomes[i].Kept is { } kept ? new(kept, null, null) : await AnswerAsync(session, asked[i], outcomes[i]);
        await session.SaveChangesAsync(ct);
        for (var i = 0; i < asked.Count; i++) asked[i].Answered.TrySetResult(answers[i]);
    }

    private static async Task DecideAsync(IDocumentSession session, Desk desk, Knowledge knowledge, IReadOnlyList<Asked> asked, Outcome[] outcomes, CancellationToken ct)
    {
        var (past, made) = (await PastPlacesAsync(session, desk, asked, outcomes, ct), await MadeAsync(session, knowledge, asked, ct));
        var shares = new Dictionary<string, SharedCount>(StringComparer.Ordinal);
        for (var i = 0; i < asked.Count; i++)
        {
            if (outcomes[i].Kept is not null) continue;
            if (made.TryGetValue(asked[i].Id, out var before)) outcomes[i].Registration = before;
            else Decide(session, desk, knowledge, asked[i], outcomes[i], past, shares);
        }

        await Desks.CloseAsync(session, desk, ct);
        var standings = await Standings.OfAsync(session, desk, made.Keys, ct);
        foreach (var outcome in outcomes) outcome.Standing = outcome.Registration is { } r && standings.TryGetValue(r.Id, out var standing) ? standing : null;
    }

    private static void Decide(IDocumentSession session, Desk desk, Knowledge knowledge, Asked asked, Outcome outcome, Dictionary<string, int> past, Dictionary<string, SharedCount> shares)
    {
        var (wish, liveKey) = (asked.Wish, Registration.LiveKeyOf(asked.EventId, asked.Wish.Person.Email));
        if (asked.ByMail && desk.Event.PublishedAt is null) outcome.Refusal = EventErrors.Unknown;
        else if (asked.ByMail && desk.Event.Audience is not Audience.Public) outcome.Refusal = desk.Event.Status is EventStatus.Published ? RegistrationErrors.KeyNeeded : EventErrors.Unknown;
        else if (wish.MemberId is not null && knowledge.Member(wish.MemberId) is not { Name: not null }) outcome.Refusal = RegistrationErrors.UnknownMember.At("/memberId");
        else if (wish.PartnerId is not null && knowledge.Partner(wish.PartnerId) is null) outcome.Refusal = RegistrationErrors.UnknownPartner.At("/partnerId");
        if (outcome.Refusal is not null) return;

        if (!shares.TryGetValue(wish.Party, out var share)) shares[wish.Party] = share = new SharedCount { Seats = knowledge.SharesOf(wish.Party, desk.Event) };
        var isRegistered = knowledge.Live.TryGetValue(liveKey, out var live);
        var known = new Known(knowledge.Member(wish.MemberId), knowledge.Partner(wish.PartnerId), isRegistered, past.GetValueOrDefault(wish.Party)) { Share = share };
        if (desk.Register(asked.Id, wish, known, asked.ByMail).Succeeded(out var registration, out var refusal))
        {
            knowledge.Live[liveKey] = (registration.Id, registration.Status is RegistrationStatus.Pending);
            if (registration.Use is SeatUse.Held or SeatUse.Taken && desk.IsCounted(registration.Place)) share.Seats += registration.Seats;
            outcome.Registration = registration;
        }
        else if (asked.ByMail && refusal == RegistrationErrors.AlreadyRegistered)
        {
            // A stranger learns nothing: the answer is that of a new registration, and the mail tells the person alone.
            outcome.Registration = Registration.Ask(asked.Id, asked.EventId, wish, desk.Event.Choose(wish.Place).Succeeded(out var place, out _) ? place : default, 0, desk.Seats.Ask(desk.Now));
            outcome.Registration.Version = Guid.CreateVersion7(desk.Now);
            session.Publish(new LettersDue(desk.Event.Id, [new LetterDue(live.Id, live.IsPending ? nameof(RegistrationStatus.Pending) : LetterDue.AlreadyRegistered, 0)]));
        }
        else
        {
            outcome.Refusal = refusal;
        }
    }

    /// <summary>Those who are registered by this very request: its commit was made, the word of it was lost, and it is asked again.</summary>
    private static async Task<IReadOnlyDictionary<Guid, Registration>> MadeAsync(IDocumentSession session, Knowledge knowledge, IReadOnlyList<Asked> asked, CancellationToken ct)
    {
        var ids = knowledge.Live.Values.Select(l => l.Id).Intersect(asked.Select(a => a.Id)).ToArray();
        return ids.Length == 0 ? ReadOnlyDictionary<Guid, Registration>.Empty : (await session.LoadManyAsync<Registration>(ct, ids)).ToDictionary(r => r.Id);
    }

    /// <summary>Needed only where somebody may have to wait.</summary>
    private static async Task<Dictionary<string, int>> PastPlacesAsync(IDocumentSession session, Desk desk, IReadOnlyList<Asked> asked, Outcome[] outcomes, CancellationToken ct)
    {
        var open = asked.Where((_, i) => outcomes[i].Kept is null).Select(a => a.Wish).ToList();
        return desk.Seats.InLine == 0 && desk.Has(open.Sum(w => w.Seats))
            ? []
            : await DeskReads.PastPlacesAsync(session, desk.Event, open.Select(w => w.Party), desk.Now, ct);
    }

    private static void Recall(IReadOnlyList<Asked> asked, IReadOnlyList<KeptAnswer?> kept, Outcome[] outcomes)
    {
        for (var (i, claim) = (0, 0); i < outcomes.Length; i++) outcomes[i] = new Outcome { Kept = asked[i].Claim is null ? null : kept[claim++] };
    }

    private async Task<RegistrationAnswer> AnswerAsync(IDocumentSession session, Asked asked, Outcome outcome)
    {
        RegistrationResult answer = outcome.Registration is { } r
            ? Etag.Created($"/v1/registrations/{r.Id}", RegistrationResponse.Of(r, outcome.Standing), RegistrationResponse.VersionOf(r, outcome.Standing))
            : outcome.Refusal!.ToProblem();
        return new(asked.Claim is { } claim ? await claim.KeepAsync(session, answer.Result, clock.GetUtcNow()) : answer, outcome.Registration, outcome.Refusal);
    }

    private Inquiry InquiryOf(IReadOnlyList<Asked> asked) => new(
        [.. asked.Select(a => Registration.LiveKeyOf(a.EventId, a.Wish.Person.Email))],
        [.. asked.Select(a => a.Wish.Party)],
        [.. asked.Select(a => a.Wish.MemberId).OfType<Guid>()],
        [.. asked.Select(a => a.Wish.PartnerId).OfType<Guid>()])
    {
        Claims = [.. asked.Select(a => a.Claim).OfType<IdempotencyClaim>()],
        Now = clock.GetUtcNow(),
    };

    private sealed class Outcome
    {
        public KeptAnswer? Kept { get; set; }

        public Registration? Registration { get; set; }

        public (int Rank, int Of)? Standing { get; set; }

        public Error? Refusal { get; set; }
    }
}

/// <summary>One who asks for a place.</summary>
/// <param name="Id">Of the registration, should there be one.</param>
/// <param name="EventId">At which event.</param>
/// <param name="Wish">For what.</param>
/// <param name="ByMail">A stranger, whose address has to be confirmed first.</param>
/// <param name="Claim">Under which Idempotency-Key.</param>
internal sealed record Asked(Guid Id, Guid EventId, Wish Wish, bool ByMail, IdempotencyClaim? Claim)
{
    public TaskCompletionSource<RegistrationAnswer> Answered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>What became of it: the answer, and for pages what it says.</summary>
internal sealed record RegistrationAnswer(RegistrationResult Result, Registration? Registration, Error? Refusal);
