using System.Globalization;
using Mila.Events.Calls.Submissions;
using Mila.Events.Letters;
using Mila.Events.PublicForm;
using static Mila.Events.PublicForm.PersonalPage;

namespace Mila.Events.Calls.Pages;

/// <summary>The form by which artists take part.</summary>
internal static class SubmissionForm
{
    /// <summary>The form of a call, as a page.</summary>
    internal static async Task<IResult> ShowAsync(string slug, HttpContext context, IQuerySession session, CallSettings settings, TimeProvider clock, CancellationToken ct) =>
        await PublicCall.FindAsync(session, slug, clock.GetUtcNow(), ct) is { } found ? Page(found, context, settings, Typed.Nothing, []) : CallErrors.Unknown.ToProblem();

    /// <summary>Take the form of a call. Whoever takes part already is told so by mail, and nowhere else.</summary>
    internal static async Task<IResult> TakeAsync(string slug, HttpContext context, IDocumentSession session, CallLetters letters, CallSettings settings, TimeProvider clock, CancellationToken ct)
    {
        if (await PublicCall.FindAsync(session, slug, clock.GetUtcNow(), ct) is not { } found) return CallErrors.Unknown.ToProblem();

        var (typed, language) = (Typed.Of(await PostedForm.ReadAsync(context.Request, ct)), LanguageOf(context.Request));
        var request = typed.ToRequest();
        if (new SubmissionRequest.Validator().Faults(request) is { Count: > 0 } faults) return Page(found, context, settings, typed, typed.FieldsOf(faults));

        var asked = await SubmitToCall.AskAsync(session, found.Call, request.ToApplicant(language), request.ToWork(), letters, settings, clock, ct);
        if (!asked.Succeeded(out _, out _)) return Page(found, context, settings, typed, []);

        await session.SaveChangesAsync(ct);
        return SeeOther(context, $"/calls/{slug}/submission?sent=1&lang={language}");
    }

    /// <summary>The fields of the work, for a new one and for one that is changed.</summary>
    public static void Work(FormBody body, Typed typed, bool english, bool isBlind)
    {
        body.Input("act", english ? "Name of the artist or group" : "Nom de l'artiste ou du groupe", typed.Act, 200, isRequired: true)
            .Input("city", english ? "Where from (if you like)" : "D'où (si vous voulez)", typed.City, 200, isRequired: false)
            .Area("text", (english ? "Your presentation" : "Votre présentation") + (isBlind ? english ? " (do not name yourself in it: the jury scores without knowing who you are)" : " (sans vous y nommer : le jury note sans savoir qui vous êtes)" : ""), typed.Text, Submission.LongestText, isRequired: true);
        for (var i = 0; i < Submission.MostLinks; i++)
        {
            body.Input($"link{i + 1}", (english ? $"Link {i + 1} to listen or watch" : $"Lien {i + 1} à écouter ou voir") + (i == 0 ? ", https://…" : english ? " (if any)" : " (s'il y en a)"), typed.Links[i], 2000, isRequired: i == 0, type: "url");
        }
    }

    private static PersonalPage Page(PublicCall found, HttpContext context, CallSettings settings, Typed typed, IReadOnlyList<string> faults)
    {
        var language = LanguageOf(context.Request);
        var (english, call) = (language == "en", found.Call);
        var title = call.Plan.Title.In(language);
        var body = new FormBody(english, faults).Raw($"<h1>{(english ? "Submission: " : "Candidature : ")}{Encode(title)}</h1>");
        if (context.Request.Query.ContainsKey("sent"))
        {
            body.Raw($"<p role=\"status\">{(english ? "Look into your mail: your submission counts once you have followed the link there, within 24 hours." : "Consultez vos courriels : votre candidature compte dès que vous aurez suivi le lien reçu, dans les 24 heures.")}</p>");
            return new PersonalPage(language, title, body.ToString());
        }

        if (found.Status is not CallStatus.Open)
        {
            body.Raw($"<p>{(english ? "This call takes no submissions now." : "Cet appel ne prend pas de candidatures en ce moment.")}</p><p><a href=\"{found.Path}?lang={language}\">{Encode(title)}</a></p>");
            return new PersonalPage(language, title, body.ToString());
        }

        body.Raw($"<p>{(english ? "Until" : "Jusqu'au")} {Encode(RegistrationLetters.Shown(call.Plan.ClosesAt, language))}{(english ? ", Paris time." : ", heure de Paris.")}</p>");
        if (faults.Count > 0) body.Alert(english ? "Please look at the marked fields." : "Merci de revoir les champs signalés.");
        body.Raw($"<form method=\"post\" action=\"{found.Path}/submission?lang={language}\">");
        Work(body, typed, english, call.Plan.IsBlind);
        body.Input("name", english ? "Your name" : "Votre nom", typed.Name, 200, isRequired: true, autocomplete: "name")
            .Input("email", english ? "Your e-mail address" : "Votre adresse électronique", typed.Email, 254, isRequired: true, type: "email", autocomplete: "email")
            .Raw($"<p>{(english
                ? $"One submission an artist. If you are selected, the name of the artist or group is published. If not, what you send here is erased {settings.RetentionMonths} months after the end of the call, or sooner if you ask."
                : $"Une candidature par artiste. Si vous êtes sélectionné, le nom de l'artiste ou du groupe est publié. Sinon, ce que vous envoyez est effacé {settings.RetentionMonths} mois après la fin de l'appel, ou plus tôt si vous le demandez.")}</p>")
            .Raw($"<p><button type=\"submit\">{(english ? "Send" : "Envoyer")}</button></p></form>");
        return new PersonalPage(language, title, body.ToString());
    }

    /// <summary>What an artist has typed.</summary>
    internal sealed record Typed(string Act, string City, string Text, IReadOnlyList<string> Links, string Name, string Email)
    {
        public static readonly Typed Nothing = new("", "", "", ["", "", "", "", ""], "", "");

        public static Typed Of(IFormCollection form) => new(
            FormBody.Line(form["act"]), FormBody.Line(form["city"]), FormBody.Lines(form["text"]), [.. Enumerable.Range(1, Submission.MostLinks).Select(i => FormBody.Line(form[$"link{i.ToString(CultureInfo.InvariantCulture)}"]))],
            FormBody.Line(form["name"]), FormBody.Line(form["email"]));

        public static Typed Of(Work work) => new(work.Act, work.City ?? "", work.Text, [.. work.Links, .. Enumerable.Repeat("", Submission.MostLinks - work.Links.Count)], "", "");

        public SubmissionRequest ToRequest() => new(Act, Name, Email, Text, [.. Links.Where(l => l.Length > 0)], City.Length == 0 ? null : City);

        /// <summary>The fields that these faults are about: the third link that was typed may stand in the fourth field.</summary>
        public IReadOnlyList<string> FieldsOf(IReadOnlyList<FieldError> faults)
        {
            var filled = Links.Select((link, i) => (link, Field: $"link{i + 1}")).Where(l => l.link.Length > 0).Select(l => l.Field).ToList();
            return [.. faults.Select(f => f.Pointer.Split('/') is ["", "links", var at] && int.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? filled[index] : f.Pointer == "/links" ? "link1" : f.Pointer.TrimStart('/'))];
        }
    }
}
