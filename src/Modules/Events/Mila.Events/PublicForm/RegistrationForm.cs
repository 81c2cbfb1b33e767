using System.Globalization;
using System.Text;
using Mila.Events.Agenda;
using Mila.Events.Letters;
using Mila.Events.Networks;
using Mila.Events.Registrations;
using static Mila.Events.PublicForm.PersonalPage;

namespace Mila.Events.PublicForm;

/// <summary>The form by which anybody registers for a public event.</summary>
internal static class RegistrationForm
{
    /// <summary>The form, as a page.</summary>
    internal static async Task<IResult> ShowAsync(string slug, HttpContext context, IQuerySession session, TimeProvider clock, CancellationToken ct) =>
        await FindAsync(slug, session, ct) is { } e ? await PageAsync(e, session, clock, context, Filled.Empty, [], ct) : EventErrors.Unknown.ToProblem();

    /// <summary>Take the form. Whoever is registered already is told so by mail, and nowhere else.</summary>
    internal static async Task<IResult> TakeAsync(string slug, HttpContext context, RegistrationQueue queue, IQuerySession session, TimeProvider clock, CancellationToken ct)
    {
        if (await FindAsync(slug, session, ct) is not { } e) return EventErrors.Unknown.ToProblem();

        var (filled, language) = (await Filled.ReadAsync(context.Request, ct), LanguageOf(context.Request));
        var request = new RegisterForEvent.Request(filled.Name, filled.Email, filled.Organisation.Length == 0 ? null : filled.Organisation, Seats: filled.SeatsAsNumber, Place: e.Mode() is VenueMode.Hybrid ? filled.Place : null);
        if (new RegisterForEvent.Validator().Faults(request) is { Count: > 0 } faults) return await PageAsync(e, session, clock, context, filled, [.. faults.Select(f => f.Pointer)], ct);

        var answer = await queue.AskAsync(new Asked(Guid.CreateVersion7(clock.GetUtcNow()), e.Id, RegisterForEvent.WishOf(request, null, language), ByMail: true, Claim: null));
        if (answer.Refusal is not { } refusal) return SeeOther(context, $"/agenda/{slug}/registration?sent=1&lang={language}");

        return new PersonalPage(language, e.Texts.Title.In(language), $"<h1>{Encode(e.Texts.Title.In(language))}</h1><p role=\"alert\">{Encode(language == "fr" ? refusal.DetailFr ?? refusal.Detail : refusal.Detail)}</p>");
    }

    private static async Task<IResult> PageAsync(Event e, IQuerySession session, TimeProvider clock, HttpContext context, Filled filled, IReadOnlyList<string> faults, CancellationToken ct)
    {
        var language = LanguageOf(context.Request);
        var (english, title) = (language == "en", e.Texts.Title.In(language));
        var body = new StringBuilder();
        body.Append(CultureInfo.InvariantCulture, $"<h1>{(english ? "Registration: " : "Inscription : ")}{Encode(title)}</h1><p>{Encode(RegistrationLetters.Time(e, language))}</p>");
        if (context.Request.Query.ContainsKey("sent"))
        {
            body.Append(english
                ? "<p role=\"status\">Look into your mail: your registration counts once you have followed the link there, within 30 minutes.</p>"
                : "<p role=\"status\">Consultez vos courriels : votre inscription compte dès que vous aurez suivi le lien reçu, dans les 30 minutes.</p>");
            return new PersonalPage(language, title, body.ToString());
        }

        if (e.Audience is not Audience.Public || e.Status is not EventStatus.Published || (e.When is When.Scheduled s && s.EndsAt <= clock.GetUtcNow()))
        {
            body.Append(english ? "<p>This event takes no registrations here.</p>" : "<p>On ne s'inscrit pas ici à cet événement.</p>");
            return new PersonalPage(language, title, body.ToString());
        }

        // Nothing is kept for networks at an event for everybody.
        if (NetworkSeats.None.IsFull(e, await SeatPlan.FindAsync(session, e.Id, ct)))
        {
            body.Append(e.When is When.Scheduled begun && begun.StartsAt <= clock.GetUtcNow()
                ? english ? "<p>The event has begun and every seat is taken.</p>" : "<p>L'événement a commencé et tous les sièges sont pris.</p>"
                : english ? "<p>The event is full: you will be put on the waiting list for a seat.</p>" : "<p>L'événement est complet : pour un siège, vous serez sur liste d'attente.</p>");
        }

        if (faults.Count > 0) body.Append(english ? "<p role=\"alert\">Please look at the marked fields.</p>" : "<p role=\"alert\">Merci de revoir les champs signalés.</p>");
        body.Append(CultureInfo.InvariantCulture, $"<form method=\"post\" action=\"/agenda/{Encode(e.Slug)}/registration?lang={language}\">");
        Field(body, "name", english ? "Your name" : "Votre nom", "text", "name", filled.Name, 200, true, faults, english);
        Field(body, "email", english ? "Your e-mail address" : "Votre adresse électronique", "email", "email", filled.Email, 254, true, faults, english);
        Field(body, "organisation", english ? "Your organisation (if any)" : "Votre structure (s'il y en a une)", "text", "organization", filled.Organisation, 200, false, faults, english);
        Field(body, "seats", english ? "How many places" : "Nombre de places", "number", "off", filled.Seats, 2, true, faults, english);
        if (e.Mode() is VenueMode.Hybrid) Choice(body, filled.Place, english);
        body.Append(CultureInfo.InvariantCulture, $"<p><button type=\"submit\">{(english ? "Register" : "S'inscrire")}</button></p></form>");
        return new PersonalPage(language, title, body.ToString());
    }

    private static void Field(StringBuilder body, string name, string label, string type, string autocomplete, string value, int longest, bool required, IReadOnlyList<string> faults, bool english)
    {
        var wrong = faults.Contains("/" + name);
        var bounds = type == "number" ? $" min=\"1\" max=\"{Registration.MaxSeats}\"" : $" maxlength=\"{longest}\"";
        body.Append(CultureInfo.InvariantCulture, $"<p><label for=\"{name}\">{Encode(label)}</label> <input id=\"{name}\" name=\"{name}\" type=\"{type}\" autocomplete=\"{autocomplete}\" value=\"{Encode(value)}\"{bounds}{(required ? " required" : "")}");
        body.Append(wrong ? $" aria-invalid=\"true\" aria-describedby=\"{name}-fault\"> <span id=\"{name}-fault\">{(english ? "Please correct this." : "À corriger.")}</span></p>" : "></p>");
    }

    private static void Choice(StringBuilder body, Place chosen, bool english)
    {
        body.Append(CultureInfo.InvariantCulture, $"<fieldset><legend>{(english ? "How you take part" : "Comment vous participez")}</legend>");
        foreach (var (value, label, place) in new[] { ("onSite", english ? "On site" : "Sur place", Place.OnSite), ("remote", english ? "Remotely" : "À distance", Place.Remote) })
        {
            body.Append(CultureInfo.InvariantCulture, $"<p><input type=\"radio\" id=\"place-{value}\" name=\"place\" value=\"{value}\"{(place == chosen ? " checked" : "")}> <label for=\"place-{value}\">{label}</label></p>");
        }

        body.Append("</fieldset>");
    }

    private static async Task<Event?> FindAsync(string slug, IQuerySession session, CancellationToken ct) =>
        await session.Query<Event>().FirstOrDefaultAsync(e => e.Slug == slug, ct) is { PublishedAt: not null } found ? found : null;

    private sealed record Filled(string Name, string Email, string Organisation, string Seats, Place Place)
    {
        public static readonly Filled Empty = new("", "", "", "1", Place.OnSite);

        public int SeatsAsNumber => int.TryParse(Seats, NumberStyles.None, CultureInfo.InvariantCulture, out var seats) ? seats : 0;

        public static async Task<Filled> ReadAsync(HttpRequest request, CancellationToken ct)
        {
            var form = await PostedForm.ReadAsync(request, ct);
            return new Filled(FormBody.Line(form["name"]), FormBody.Line(form["email"]), FormBody.Line(form["organisation"]), FormBody.Line(form["seats"]), form["place"] == "remote" ? Place.Remote : Place.OnSite);
        }
    }
}
