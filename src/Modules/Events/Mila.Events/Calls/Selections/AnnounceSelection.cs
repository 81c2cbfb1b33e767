using Mila.BuildingBlocks.Mail;
using Mila.BuildingBlocks.Values;
using Mila.Events.Contracts;
using Mila.Events.Feeds;

namespace Mila.Events.Calls.Selections;

internal static class AnnounceSelection
{
    /// <param name="Comments">What is written to some artists beside their scores; at most 1 000.</param>
    internal sealed record Request(IReadOnlyList<ArtistComment>? Comments = null);

    /// <param name="SubmissionId">To whom.</param>
    /// <param name="Text">What, 1 to 2 000 characters, in the artist's language.</param>
    internal sealed record ArtistComment(Guid SubmissionId, string Text);

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Comments!).AtMost(1000).When(r => r.Comments is not null);
            RuleForEach(r => r.Comments).NotNull().ChildRules(c => c.RuleFor(x => x.Text).NotEmpty().MaximumLength(2000));
        }
    }

    /// <summary>Announce a selection: it is public from now on, and everybody who took part is written how it ended, with their scores and what was said of their work.</summary>
    internal static async Task<Results<Tagged<SelectionResponse>, ProblemHttpResult>> Handle(
        Guid callId, Request request, Caller caller, IDocumentSession session, CallLetters letters, CallSettings settings, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var call = await session.LoadLockedAsync<Call>(callId, ct);
        if (call is null) return CallErrors.Unknown.ToProblem();
        if (!call.Announce(now).Succeeded(out var refusal)) return refusal.ToProblem();

        var selection = (await session.LoadAsync<Selection>(callId, ct))!;
        if (selection.IsShort) return SelectionErrors.Short.ToProblem();

        var comments = (request.Comments ?? []).ToLookup(c => c.SubmissionId, c => Plain.Lines(c.Text));
        if ((request.Comments ?? []).Select((c, i) => (c, i)).FirstOrDefault(x => selection.Find(x.c.SubmissionId) is null) is { c: not null } unknown) return SelectionErrors.UnknownSubmission.At($"/comments/{unknown.i}/submissionId").ToProblem();

        selection.Announce(caller.Id, now);
        session.Store(call);
        session.WriteLocked([selection], s => s.Id, now);
        var submissions = await TellEverybodyAsync(session, call, selection, comments, letters, clock, ct);
        session.Publish(new SelectionAnnounced(call.Id, call.Slug, call.Plan.Programme, call.Plan.EventId, selection.Places, call.Revision, now));
        session.PublishAt(new SubmissionsAreOld(call.Id), call.KeptUntil(settings));
        await session.SaveChangesAsync(ct);
        return Etag.Ok(SelectionResponse.Of(selection, call, submissions), SelectionResponse.VersionOf(selection, call));
    }

    private static async Task<IReadOnlyDictionary<Guid, Submissions.Submission>> TellEverybodyAsync(
        IDocumentSession session, Call call, Selection selection, ILookup<Guid, string> comments, CallLetters letters, TimeProvider clock, CancellationToken ct)
    {
        var submissions = (await Submissions.SubmissionReads.OfCallAsync(session, call.Id, ct)).ToDictionary(s => s.Id);
        var reviewers = call.Reviewers.Select(r => r.Id).ToHashSet();
        var said = (await session.ReviewsOfAsync(call.Id, ct)).Where(r => reviewers.Contains(r.ReviewerId) && r.Scored?.ForArtist is not null).OrderBy(r => r.Id).ToLookup(r => r.SubmissionId, r => r.Scored!.ForArtist!);
        var reservesAhead = 0;
        foreach (var entry in selection.Entries)
        {
            var id = entry.Ranked.SubmissionId;
            if (entry.Standing is Standing.Withdrawn || !submissions.TryGetValue(id, out var submission) || submission.Applicant is null) continue;

            session.Send(letters.Outcome(call, submission, entry, entry.Standing is Standing.Reserve ? reservesAhead++ : 0, [.. said[id], .. comments[id]]), clock);
        }

        return submissions;
    }
}
