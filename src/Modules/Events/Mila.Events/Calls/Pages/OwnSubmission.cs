using Mila.Events.Calls.Selections;
using Mila.Events.Calls.Submissions;
using Mila.Events.Letters;
using Mila.Events.PublicForm;
using static Mila.Events.PublicForm.PersonalPage;

namespace Mila.Events.Calls.Pages;

/// <summary>What an artist sees and does with the link in a mail. Reading the page changes nothing, because mail programs follow links too.</summary>
internal static class OwnSubmission
{
    /// <summary>An artist's own submission, as a page.</summary>
    internal static async Task<IResult> ShowAsync(string token, HttpContext context, LinkSigner signer, IQuerySession session, TimeProvider clock, CancellationToken ct) =>
        await PageAsync(token, context, signer, session, clock, typed: null, [], refusal: null, ct);

    /// <summary>Confirm the address that a submission was sent with.</summary>
    internal static Task<IResult> ConfirmAsync(string token, HttpContext context, LinkSigner signer, IDocumentSession session, CallLetters letters, CallSettings settings, TimeProvider clock, CancellationToken ct) =>
        ActAsync(token, context, signer, session, clock, id => ConfirmSubmission.ApplyAsync(session, id, letters, settings, clock, ct), ct);

    /// <summary>Change one's own submission until the closing.</summary>
    internal static async Task<IResult> ChangeAsync(string token, HttpContext context, LinkSigner signer, IDocumentSession session, TimeProvider clock, CancellationToken ct)
    {
        if (CallLink.OpenSubmission(signer, token) is not { } id || await session.LoadAsync<Submission>(id, ct) is not { Applicant: { } applicant }) return SubmissionErrors.Unknown.ToProblem();

        var typed = SubmissionForm.Typed.Of(await PostedForm.ReadAsync(context.Request, ct)) with { Name = applicant.Name, Email = applicant.Email };
        if (new SubmissionRequest.Validator().Faults(typed.ToRequest()) is { Count: > 0 } faults) return await PageAsync(token, context, signer, session, clock, typed, typed.FieldsOf(faults), refusal: null, ct);

        return await ActAsync(token, context, signer, session, clock, _ => RewriteSubmission.ApplyAsync(session, id, typed.ToRequest().ToWork(), clock, ct), ct);
    }

    /// <summary>Withdraw one's own submission.</summary>
    internal static Task<IResult> WithdrawAsync(string token, HttpContext context, LinkSigner signer, IDocumentSession session, CallLetters letters, TimeProvider clock, CancellationToken ct) =>
        ActAsync(token, context, signer, session, clock, id => WithdrawSubmission.ApplyAsync(session, id, "artist", letters, clock, ct), ct);

    private static async Task<IResult> ActAsync(string token, HttpContext context, LinkSigner signer, IDocumentSession session, TimeProvider clock, Func<Guid, Task<Result<Submission>>> act, CancellationToken ct)
    {
        if (CallLink.OpenSubmission(signer, token) is not { } id) return SubmissionErrors.Unknown.ToProblem();
        if (!(await act(id)).Succeeded(out _, out var refusal)) return await PageAsync(token, context, signer, session, clock, typed: null, [], refusal, ct);

        await session.SaveChangesAsync(ct);
        return SeeOther(context, $"/submissions/{token}?done=1");
    }

    private static async Task<IResult> PageAsync(
        string token, HttpContext context, LinkSigner signer, IQuerySession session, TimeProvider clock, SubmissionForm.Typed? typed, IReadOnlyList<string> faults, Error? refusal, CancellationToken ct)
    {
        if (CallLink.OpenSubmission(signer, token) is not { } id || await session.LoadAsync<Submission>(id, ct) is not { Applicant: { } applicant } s
            || await session.LoadAsync<Call>(s.CallId, ct) is not { } call) return SubmissionErrors.Unknown.ToProblem();

        var language = context.Request.Query["lang"] is [("fr" or "en") and { } asked] ? asked : applicant.Language;
        var (english, now, title) = (language == "en", clock.GetUtcNow(), call.Plan.Title.In(language));
        var entry = call.Status is CallStatus.Announced ? (await session.LoadAsync<Selection>(call.Id, ct))?.Find(id) : null;
        var body = new FormBody(english, faults).Raw($"<h1>{(english ? "Submission: " : "Candidature : ")}{Encode(title)}</h1><p><strong>{Encode(s.Work.Act)}</strong></p>");
        if (refusal is not null) body.Alert(english ? refusal.Detail : refusal.DetailFr ?? refusal.Detail);
        body.Raw($"<p role=\"status\"><strong>{Encode(Says(s, call, entry, english, context.Request.Query.ContainsKey("done")))}</strong></p>");
        if (s.Status is SubmissionStatus.Pending) body.Html(Button($"/submissions/{token}/confirmation?lang={language}", english ? "Confirm my submission" : "Confirmer ma candidature"));
        if (s.Status is SubmissionStatus.Submitted && call.RefusesSubmissions(now) is null)
        {
            body.Raw($"<h2>{(english ? "Change it" : "La modifier")}</h2><p>{(english ? "Until" : "Jusqu'au")} {Encode(RegistrationLetters.Shown(call.Plan.ClosesAt, language))}{(english ? ", Paris time." : ", heure de Paris.")}</p>");
            if (faults.Count > 0) body.Alert(english ? "Please look at the marked fields." : "Merci de revoir les champs signalés.");
            body.Raw($"<form method=\"post\" action=\"/submissions/{token}?lang={language}\">");
            SubmissionForm.Work(body, typed ?? SubmissionForm.Typed.Of(s.Work), english, call.Plan.IsBlind);
            body.Raw($"<p><button type=\"submit\">{(english ? "Save" : "Enregistrer")}</button></p></form>");
        }

        if (s.Status is SubmissionStatus.Submitted && call.Status is not CallStatus.Cancelled)
        {
            body.Raw($"<h2>{(english ? "Withdraw it" : "La retirer")}</h2><p>{(english ? "This cannot be undone." : "C'est définitif.")}</p>").Html(Button($"/submissions/{token}/withdrawal?lang={language}", english ? "Withdraw my submission" : "Retirer ma candidature"));
        }

        return new PersonalPage(language, title, body.ToString()) { Path = $"/submissions/{token}" };
    }

    private static string Says(Submission s, Call call, Entry? entry, bool english, bool isDone) => (s.Status, entry?.Standing) switch
    {
        (SubmissionStatus.Pending, _) => english ? "To be confirmed" : "À confirmer",
        (SubmissionStatus.Withdrawn, _) => english ? "Your submission is withdrawn." : "Votre candidature est retirée.",
        _ when call.Status is CallStatus.Cancelled => english ? "The call is cancelled." : "L'appel est annulé.",
        (_, Standing.Selected) => english ? "You are selected." : "Vous êtes sélectionné.",
        (_, Standing.Reserve) => english ? "You stand in reserve." : "Vous êtes en réserve.",
        (_, not null) => english ? "You are not selected this time." : "Vous n'êtes pas sélectionné cette fois.",
        _ when isDone => english ? "Noted. Your submission takes part." : "C'est noté. Votre candidature participe.",
        _ => english ? "Your submission takes part." : "Votre candidature participe.",
    };
}
