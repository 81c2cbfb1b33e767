using System.Globalization;
using System.Text;
using Mila.Events.Agenda;
using Mila.Events.Letters;
using Mila.Events.PublicForm;
using Mila.Events.Registrations;
using static Mila.Events.PublicForm.PersonalPage;

namespace Mila.Events.Feedback;

/// <summary>The form that those who came are sent.</summary>
internal static class FeedbackForm
{
    /// <summary>The form, as a page.</summary>
    internal static async Task<IResult> ShowAsync(string token, HttpContext context, LinkSigner signer, IQuerySession session, CancellationToken ct)
    {
        if (await FindAsync(token, signer, session, ct) is not { } found) return RegistrationErrors.Unknown.ToProblem();

        var (r, e) = found;
        var language = context.Request.Query["lang"] is [("fr" or "en") and { } asked] ? asked : r.Person.Language;
        var (english, body) = (language == "en", new StringBuilder());
        body.Append(CultureInfo.InvariantCulture, $"<h1>{Encode(e.Texts.Title.In(language))}</h1>");
        if (await session.LoadAsync<FeedbackNote>(r.Id, ct) is not null)
        {
            body.Append(english ? "<p role=\"status\">Thank you: your feedback is noted.</p>" : "<p role=\"status\">Merci : votre avis est noté.</p>");
            return new PersonalPage(language, e.Texts.Title.In(language), body.ToString());
        }

        if (context.Request.Query.ContainsKey("wrong")) body.Append(english ? "<p role=\"alert\">Please choose a score.</p>" : "<p role=\"alert\">Merci de choisir une note.</p>");
        body.Append(CultureInfo.InvariantCulture, $"<form method=\"post\" action=\"/feedback/{token}?lang={language}\"><fieldset><legend>{(english ? "Score, 5 is the best" : "Note, 5 est la meilleure")}</legend>");
        for (var score = 1; score <= FeedbackNote.Best; score++) body.Append(CultureInfo.InvariantCulture, $"<label><input type=\"radio\" name=\"score\" value=\"{score}\" required> {score}</label> ");
        body.Append(CultureInfo.InvariantCulture, $"</fieldset><p><label for=\"text\">{(english ? "A few words" : "Quelques mots")}</label> <textarea id=\"text\" name=\"text\" rows=\"6\" maxlength=\"{FeedbackNote.LongestText}\"></textarea></p><p><button type=\"submit\">{(english ? "Send" : "Envoyer")}</button></p></form>");
        return new PersonalPage(language, e.Texts.Title.In(language), body.ToString());
    }

    /// <summary>Take what somebody says of an event; once.</summary>
    internal static async Task<IResult> TakeAsync(string token, HttpContext context, LinkSigner signer, IDocumentSession session, TimeProvider clock, CancellationToken ct)
    {
        if (await FindAsync(token, signer, session, ct) is not { } found) return RegistrationErrors.Unknown.ToProblem();
        if (await session.LoadAsync<FeedbackNote>(found.Registration.Id, ct) is not null) return SeeOther(context, $"/feedback/{token}");

        var form = await PostedForm.ReadAsync(context.Request, ct);
        if (!int.TryParse(form["score"], NumberStyles.None, CultureInfo.InvariantCulture, out var score) || score is < 1 or > FeedbackNote.Best) return SeeOther(context, $"/feedback/{token}?wrong=1");

        var text = string.Concat(FormBody.Lines(form["text"]).EnumerateRunes().Take(FeedbackNote.LongestText));
        session.Insert(FeedbackNote.Say(found.Registration.Id, found.Event.Id, score, text.Length == 0 ? null : text, clock.GetUtcNow()));
        await session.SaveChangesAsync(ct);
        return SeeOther(context, $"/feedback/{token}");
    }

    private static async Task<(Registration Registration, Event Event)?> FindAsync(string token, LinkSigner signer, IQuerySession session, CancellationToken ct) =>
        RegistrationLink.Open(signer, token) is { Use: LinkUse.Feedback } link
            && await session.LoadAsync<Registration>(link.RegistrationId, ct) is { Status: RegistrationStatus.Attended } registration && await session.LoadAsync<Event>(registration.EventId, ct) is { } e
            ? (registration, e)
            : null;
}
