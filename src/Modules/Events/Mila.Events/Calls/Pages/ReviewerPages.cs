using System.Globalization;
using Mila.Events.Calls.Reviews;
using Mila.Events.Calls.Selections;
using Mila.Events.Calls.Submissions;
using Mila.Events.Letters;
using Mila.Events.PublicForm;
using static Mila.Events.PublicForm.PersonalPage;

namespace Mila.Events.Calls.Pages;

/// <summary>
/// What a reviewer sees and does with the personal link: their list, one submission with its form, and the others' scores once their own are in and final. Of a submission with which they
/// have a conflict of interest they see no scores; in a blind call, not whose work it is.
/// </summary>
internal static class ReviewerPages
{
    /// <summary>What a reviewer has to score, as a page.</summary>
    internal static async Task<IResult> ShowListAsync(string token, HttpContext context, LinkSigner signer, IQuerySession session, TimeProvider clock, CancellationToken ct)
    {
        if (await FindAsync(token, signer, session, ct) is not var (call, reviewer)) return CallErrors.UnknownReviewer.ToProblem();

        var language = LanguageOf(context.Request, reviewer);
        var (english, title) = (language == "en", call.Plan.Title.In(language));
        var body = new FormBody(english, []).Raw($"<h1>{(english ? "Jury: " : "Jury : ")}{Encode(title)}</h1><p>{Encode(reviewer.Name!)}</p>");
        if (call.RefusesReviews(clock.GetUtcNow()) is { } refusal)
        {
            body.Raw($"<p role=\"status\">{Encode(Why(call, refusal, english, language))}</p>");
            return new PersonalPage(language, title, body.ToString());
        }

        var submissions = (await session.OfCallAsync(call.Id, SubmissionStatus.Submitted, ct)).OrderBy(s => s.Number).ToList();
        var own = (await session.Query<Review>().Where(r => r.CallId == call.Id && r.ReviewerId == reviewer.Id).ToListAsync(ct)).ToDictionary(r => r.SubmissionId);
        var done = submissions.Count(s => own.ContainsKey(s.Id));
        if (context.Request.Query.ContainsKey("unfinished")) body.Alert(english ? ReviewErrors.Unfinished.Detail : ReviewErrors.Unfinished.DetailFr!);
        body.Raw($"<p role=\"status\">{(english ? $"{done} of {submissions.Count} answered." : $"{done} sur {submissions.Count} traitées.")}</p><ul class=\"cards\">");
        foreach (var s in submissions)
        {
            body.Raw($"<li><h2><a href=\"/reviews/{token}/{s.Id}?lang={language}\">{Encode(NameOf(call, s, english))}</a></h2><p>{StateOf(own.GetValueOrDefault(s.Id), english)}</p></li>");
        }

        body.Raw($"</ul>");
        if (reviewer.FinishedAt is not null) body.Raw($"<p>{(english ? "You have finished: each submission shows what the others say." : "Vous avez terminé : chaque candidature montre ce que disent les autres.")}</p>");
        else if (done == submissions.Count && done > 0)
        {
            body.Raw($"<p>{(english ? "You have answered for all. You can now see the others' scores; yours stay as they are from then on." : "Vous avez tout traité. Vous pouvez maintenant voir les notes des autres ; les vôtres ne changent plus ensuite.")}</p>")
                .Html(Button($"/reviews/{token}/completion?lang={language}", english ? "See the others' scores" : "Voir les notes des autres"));
        }

        return new PersonalPage(language, title, body.ToString());
    }

    /// <summary>One submission for a reviewer, as a page.</summary>
    internal static async Task<IResult> ShowOneAsync(string token, Guid submissionId, HttpContext context, LinkSigner signer, IQuerySession session, TimeProvider clock, CancellationToken ct) =>
        await PageAsync(token, submissionId, context, signer, session, clock, typed: null, refusal: null, ct);

    /// <summary>Take a reviewer's scores.</summary>
    internal static async Task<IResult> ScoreAsync(string token, Guid submissionId, HttpContext context, LinkSigner signer, IDocumentSession session, TimeProvider clock, CancellationToken ct)
    {
        if (await FindAsync(token, signer, session, ct) is not var (call, reviewer)) return CallErrors.UnknownReviewer.ToProblem();

        var form = await PostedForm.ReadAsync(context.Request, ct);
        var scores = call.Plan.Criteria.Select(c => new Score(c.Code, int.TryParse(form["score-" + c.Code], NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : 0)).Where(s => s.Value > 0).ToList();
        var verdict = new Verdict.Scored(scores, ScoreSubmission.Said(Short(form["comment"])), ScoreSubmission.Said(Short(form["note"])));
        var said = await ScoreSubmission.ApplyAsync(session, call.Id, reviewer.Id, submissionId, (before, locked, who, what) => Review.Score(before, locked, who, what, verdict, clock.GetUtcNow()), ct);
        if (!said.Succeeded(out _, out var refusal)) return await PageAsync(token, submissionId, context, signer, session, clock, verdict, refusal, ct);

        await session.SaveChangesAsync(ct);
        return SeeOther(context, $"/reviews/{token}?lang={LanguageOf(context.Request, reviewer)}");
    }

    /// <summary>Take a reviewer's word that they are too close to an artist.</summary>
    internal static async Task<IResult> DeclareAsync(string token, Guid submissionId, HttpContext context, LinkSigner signer, IDocumentSession session, TimeProvider clock, CancellationToken ct)
    {
        if (await FindAsync(token, signer, session, ct) is not var (call, reviewer)) return CallErrors.UnknownReviewer.ToProblem();

        var reason = FormBody.Lines((await PostedForm.ReadAsync(context.Request, ct))["reason"]);
        if (reason.Length is 0 or > 500) return await PageAsync(token, submissionId, context, signer, session, clock, typed: null, ReviewErrors.ReasonNeeded, ct);

        var said = await ScoreSubmission.ApplyAsync(session, call.Id, reviewer.Id, submissionId, (before, locked, who, what) => Review.Declare(before, locked, who, what, reason, clock.GetUtcNow()), ct);
        if (!said.Succeeded(out _, out var refusal)) return await PageAsync(token, submissionId, context, signer, session, clock, typed: null, refusal, ct);

        await session.SaveChangesAsync(ct);
        return SeeOther(context, $"/reviews/{token}?lang={LanguageOf(context.Request, reviewer)}");
    }

    /// <summary>See from now on what the others say, and keep one's own.</summary>
    internal static async Task<IResult> FinishAsync(string token, HttpContext context, LinkSigner signer, IDocumentSession session, CallLetters letters, TimeProvider clock, CancellationToken ct)
    {
        if (await FindAsync(token, signer, session, ct) is not var (call, reviewer)) return CallErrors.UnknownReviewer.ToProblem();

        var language = LanguageOf(context.Request, reviewer);
        if (!(await FinishReviews.ApplyAsync(session, call.Id, reviewer.Id, letters, clock, ct)).Succeeded(out _, out _)) return SeeOther(context, $"/reviews/{token}?lang={language}&unfinished=1");

        await session.SaveChangesAsync(ct);
        return SeeOther(context, $"/reviews/{token}?lang={language}");
    }

    private static async Task<IResult> PageAsync(
        string token, Guid submissionId, HttpContext context, LinkSigner signer, IQuerySession session, TimeProvider clock, Verdict.Scored? typed, Error? refusal, CancellationToken ct)
    {
        if (await FindAsync(token, signer, session, ct) is not var (call, reviewer)) return CallErrors.UnknownReviewer.ToProblem();
        if (await session.LoadAsync<Submission>(submissionId, ct) is not { } s || s.CallId != call.Id || s.Status is SubmissionStatus.Pending) return SubmissionErrors.Unknown.ToProblem();

        var language = LanguageOf(context.Request, reviewer);
        var (english, path) = (language == "en", $"/reviews/{token}/{submissionId}");
        var body = new FormBody(english, []).Raw($"<p><a href=\"/reviews/{token}?lang={language}\">{(english ? "All submissions" : "Toutes les candidatures")}</a></p><h1>{Encode(NameOf(call, s, english))}</h1>");
        if ((call.RefusesReviews(clock.GetUtcNow()) ?? (s.Status is SubmissionStatus.Submitted ? null : SubmissionErrors.Withdrawn)) is { } over)
        {
            return new PersonalPage(language, NameOf(call, s, english), body.Raw($"<p role=\"status\">{Encode(Why(call, over, english, language))}</p>").ToString()) { Path = path };
        }

        var reviews = (await session.ReviewsOfAsync(call.Id, ct)).Where(r => r.SubmissionId == s.Id && call.ReviewerOf(r.ReviewerId) is not null).OrderBy(r => r.Id).ToList();
        var own = reviews.Find(r => r.ReviewerId == reviewer.Id);
        if (refusal is not null) body.Alert(english ? refusal.Detail : refusal.DetailFr ?? refusal.Detail);
        ReviewerForm.Work(body, call, s, english);
        if (own is { IsConflict: true })
        {
            body.Raw($"<p role=\"status\"><strong>{(english ? "You have declared a conflict of interest: you do not score this submission, and you do not see its scores." : "Vous avez déclaré un conflit d'intérêts : vous ne notez pas cette candidature et n'en voyez pas les notes.")}</strong></p>");
            return new PersonalPage(language, NameOf(call, s, english), body.ToString()) { Path = path };
        }

        if (reviewer.FinishedAt is not null && own is not null) ReviewerForm.Others(body, call, own, [.. reviews.Where(r => r != own).Select(r => r.Scored).OfType<Verdict.Scored>()], language);
        else ReviewerForm.Scores(body, call, token, s.Id, typed ?? own?.Scored, language);
        ReviewerForm.Conflict(body, token, s.Id, language);
        return new PersonalPage(language, NameOf(call, s, english), body.ToString()) { Path = path };
    }

    private static async Task<(Call Call, Reviewer Reviewer)?> FindAsync(string token, LinkSigner signer, IQuerySession session, CancellationToken ct) =>
        CallLink.OpenReviewer(signer, token) is var (callId, reviewerId) && await session.LoadAsync<Call>(callId, ct) is { } call && call.ReviewerOf(reviewerId) is { Email: not null } reviewer ? (call, reviewer) : null;

    private static string LanguageOf(HttpRequest request, Reviewer reviewer) => request.Query["lang"] is [("fr" or "en") and { } asked] ? asked : reviewer.Language;

    private static string NameOf(Call call, Submission s, bool english) => (english ? $"Submission no.\u00a0{s.Number}" : $"Candidature n°\u00a0{s.Number}") + (call.Plan.IsBlind ? "" : $" – {s.Work.Act}");

    private static string StateOf(Review? own, bool english) => own switch
    {
        null => english ? "To be scored" : "À noter",
        { IsConflict: true } => english ? "Conflict of interest" : "Conflit d'intérêts",
        _ => english ? "Scored" : "Notée",
    };

    private static string Why(Call call, Error refusal, bool english, string language) => refusal == CallErrors.ReviewsNotOpen
        ? english ? $"You score from {RegistrationLetters.Shown(call.Plan.ClosesAt, language)}, Paris time." : $"Vous noterez à partir du {RegistrationLetters.Shown(call.Plan.ClosesAt, language)}, heure de Paris."
        : english ? refusal.Detail : refusal.DetailFr ?? refusal.Detail;

    private static string Short(string? typed) => FormBody.Lines(typed) is { Length: > Review.LongestText } text ? string.Concat(text.EnumerateRunes().Take(Review.LongestText / 2)) : FormBody.Lines(typed);
}
