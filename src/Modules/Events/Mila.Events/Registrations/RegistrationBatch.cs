using System.Collections.ObjectModel;
using Mila.BuildingBlocks.Api.Idempotency;
using Mila.Events.Agenda;
using Mila.Events.Letters;
using Mila.Events.Waiting;
using RegistrationResult = Microsoft.AspNetCore.Http.HttpResults.Results<Mila.BuildingBlocks.Api.TaggedCreated<Mila.Events.Registrations.RegistrationResponse>, Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult, Mila.BuildingBlocks.Api.Idempotency.KeptAnswer>;

namespace Mila.Events.Registrations;

/// <summary>Answers everybody who asks for a place at some events in one transaction: seats, outbox rows and the answers kept under Idempotency-Keys.</summary>
internal sealed class RegistrationBatch(IDocumentStore store, Desks desks, TimeProvider clock)
{
    /// <summary>Whoever is answered has it once it is committed.</summary>
    /// <param name="asked">At one event or several.</param>
    /// <param name="waits">Whether to wait for an event whose row another transaction holds.</param>
    /// <returns>Who was not answered, because their event was held: once this returns they can be asked for again.</returns>
    public async Task<IReadOnlyList<Asked>> ServeAsync(IReadOnlyList<Asked> asked, bool waits = true)
    {
        var ct = CancellationToken.None;
        await using var session = store.LightweightSession();
        var (open, knowledge) = await desks.OpenAsync(session, [.. asked.Select(a => a.EventId).Distinct()], InquiryOf(asked), waits, ct);
        var outcomes = Recall(asked, knowledge.Kept);
        foreach (var outcome in outcomes) outcome.Wish = outcome.Wish with { Party = knowledge.PartyOf(outcome.Wish) };
        foreach (var atOne in outcomes.Where(o => o.Kept is null).GroupBy(o => o.Asked.EventId))
        {
            if (open.TryGetValue(atOne.Key, out var desk)) await DecideAsync(session, desk, knowledge, [.. atOne], ct);
            else if (waits) foreach (var outcome in atOne) outcome.Refusal = EventErrors.Unknown;
        }

        Desks.Write(session, [.. open.Values]);
        var decided = outcomes.Where(o => (o.Kept ?? o.Registration ?? (object?)o.Refusal) is not null).ToList();
        foreach (var outcome in decided) outcome.Answer = AnswerOf(outcome);
        await KeepAsync(session, decided);
        await session.SaveChangesAsync(ct);
        foreach (var outcome in decided) outcome.Asked.Answered.TrySetResult(outcome.Answer!);
        return decided.Count == asked.Count ? [] : [.. asked.Except(decided.Select(o => o.Asked))];
    }

    private static async Task DecideAsync(IDocumentSession session, Desk desk, Knowledge knowledge, IReadOnlyList<Outcome> outcomes, CancellationToken ct)
    {
        var (past, made) = (await PastPlacesAsync(session, desk, outcomes, ct), await MadeAsync(session, knowledge, outcomes, ct));
        var shares = new Dictionary<string, SharedCount>(StringComparer.Ordinal);
        foreach (var outcome in outcomes)
        {
            if (made.TryGetValue(outcome.Asked.Id, out var before)) outcome.Registration = before;
            else Decide(session, desk, knowledge, outcome, past, shares);
        }

        await Desks.ServeAsync(session, desk, ct);
        var standings = await Standings.OfAsync(session, desk, made.Keys, ct);
        foreach (var outcome in outcomes) outcome.Standing = outcome.Registration is { } r && standings.TryGetValue(r.Id, out var standing) ? standing : null;
    }

    private static void Decide(IDocumentSession session, Desk desk, Knowledge knowledge, Outcome outcome, Dictionary<string, int> past, Dictionary<string, SharedCount> shares)
    {
        var asked = outcome.Asked;
        var (wish, liveKey) = (outcome.Wish, Registration.LiveKeyOf(asked.EventId, asked.Wish.Person.Email));
        if ((asked.ByMail || asked.ByPartner) && desk.Event.PublishedAt is null) outcome.Refusal = EventErrors.Unknown;
        else if (asked.ByMail && desk.Event.Audience is not Audience.Public) outcome.Refusal = desk.Event.Status is EventStatus.Published ? RegistrationErrors.KeyNeeded : EventErrors.Unknown;
        else if (wish.MemberId is not null && knowledge.Member(wish.MemberId) is not { Name: not null }) outcome.Refusal = RegistrationErrors.UnknownMember.At("/memberId");
        else if (wish.PartnerId is not null && knowledge.Partner(wish.PartnerId) is null) outcome.Refusal = RegistrationErrors.UnknownPartner.At("/partnerId");
        if (outcome.Refusal is not null) return;

        if (!shares.TryGetValue(wish.Party, out var share)) shares[wish.Party] = share = new SharedCount { Seats = knowledge.SharesOf(asked.Wish.Party, desk.Event) };
        var isRegistered = knowledge.Live.TryGetValue(liveKey, out var live);
        var known = new Known(knowledge.Member(wish.MemberId), knowledge.Partner(wish.PartnerId), isRegistered, past.GetValueOrDefault(wish.Party))
        {
            Share = share,
            IsElsewhere = isRegistered && asked.ByPartner && !asked.ByMail && live.PartnerId != wish.PartnerId,
        };
        if (desk.Register(asked.Id, wish, known, asked.ByMail).Succeeded(out var registration, out var refusal))
        {
            knowledge.Live[liveKey] = (registration.Id, registration.Status is RegistrationStatus.Pending, registration.PartnerId);
            if (registration.Use is SeatUse.Held or SeatUse.Taken && desk.IsCounted(registration.Place)) share.Seats += registration.Seats;
            outcome.Registration = registration;
        }
        else if (asked.ByMail && refusal == RegistrationErrors.AlreadyRegistered)
        {
            // A stranger learns nothing: the answer is that of a new registration, and the mail tells the person alone.
            outcome.Registration = desk.Pretend(asked.Id, wish);
            outcome.Registration.Version = Guid.CreateVersion7(desk.Now);
            session.Publish(new LettersDue(desk.Event.Id, [new LetterDue(live.Id, live.IsPending ? nameof(RegistrationStatus.Pending) : LetterDue.AlreadyRegistered, 0)]));
        }
        else
        {
            outcome.Refusal = refusal;
        }
    }

    /// <summary>Those who are registered by this very request: its commit was made, the word of it was lost, and it is asked again.</summary>
    private static async Task<IReadOnlyDictionary<Guid, Registration>> MadeAsync(IDocumentSession session, Knowledge knowledge, IReadOnlyList<Outcome> outcomes, CancellationToken ct)
    {
        if (knowledge.Live.Count == 0) return ReadOnlyDictionary<Guid, Registration>.Empty;

        var ids = knowledge.Live.Values.Select(l => l.Id).Intersect(outcomes.Select(o => o.Asked.Id)).ToArray();
        return ids.Length == 0 ? ReadOnlyDictionary<Guid, Registration>.Empty : (await session.LoadManyAsync<Registration>(ct, ids)).ToDictionary(r => r.Id);
    }

    /// <summary>Needed only where somebody may have to wait.</summary>
    private static async Task<Dictionary<string, int>> PastPlacesAsync(IDocumentSession session, Desk desk, IReadOnlyList<Outcome> outcomes, CancellationToken ct) =>
        desk.Seats.InLine == 0 && desk.Has(outcomes.Sum(o => o.Asked.Wish.Seats)) ? [] : await DeskReads.PastPlacesAsync(session, desk.Event, outcomes.Select(o => o.Wish.Party), desk.Now, ct);

    private static List<Outcome> Recall(IReadOnlyList<Asked> asked, IReadOnlyList<KeptAnswer?> kept)
    {
        var claim = 0;
        return [.. asked.Select(a => new Outcome(a) { Kept = a.Claim is null ? null : kept[claim++] })];
    }

    private static RegistrationAnswer AnswerOf(Outcome outcome)
    {
        if (outcome.Kept is { } kept) return new(kept, null, null);

        RegistrationResult answer = outcome.Registration is { } r
            ? Etag.Created($"/v1/registrations/{r.Id}", RegistrationResponse.Of(r, outcome.Standing), RegistrationResponse.VersionOf(r, outcome.Standing))
            : outcome.Refusal!.ToProblem();
        return new(answer, outcome.Registration, outcome.Refusal);
    }

    /// <summary>What is answered for the first time under an Idempotency-Key is kept with it.</summary>
    private async Task KeepAsync(IDocumentSession session, List<Outcome> decided)
    {
        var fresh = decided.Where(o => o.Asked.Claim is not null && o.Kept is null).ToList();
        var kept = await IdempotencyClaim.KeepAsync(session, [.. fresh.Select(o => (o.Asked.Claim!, o.Answer!.Result.Result))], clock.GetUtcNow());
        for (var i = 0; i < fresh.Count; i++) fresh[i].Answer = fresh[i].Answer! with { Result = kept[i] };
    }

    private Inquiry InquiryOf(IReadOnlyList<Asked> asked) => new(
        [.. asked.Select(a => Registration.LiveKeyOf(a.EventId, a.Wish.Person.Email))],
        [.. asked.Select(a => (a.EventId, a.Wish.Party)).Distinct()],
        [.. asked.Select(a => a.Wish.MemberId).OfType<Guid>()],
        [.. asked.Select(a => a.Wish.PartnerId).OfType<Guid>()])
    {
        Claims = [.. asked.Select(a => a.Claim).OfType<IdempotencyClaim>()],
        Now = clock.GetUtcNow(),
    };

    /// <summary>What becomes of one who asks.</summary>
    private sealed class Outcome(Asked asked)
    {
        public Asked Asked => asked;

        /// <summary>What is asked, for the party that it turned out to be.</summary>
        public Wish Wish { get; set; } = asked.Wish;

        public KeptAnswer? Kept { get; set; }

        public Registration? Registration { get; set; }

        public (int Rank, int Of)? Standing { get; set; }

        public Error? Refusal { get; set; }

        public RegistrationAnswer? Answer { get; set; }
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
    /// <summary>With a partner's key, which knows of no event that has not been published.</summary>
    public bool ByPartner { get; init; }

    public TaskCompletionSource<RegistrationAnswer> Answered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>What became of it: the answer, and for pages what it says.</summary>
internal sealed record RegistrationAnswer(RegistrationResult Result, Registration? Registration, Error? Refusal);
