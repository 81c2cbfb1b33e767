using Mila.BuildingBlocks.Mail;
using Mila.BuildingBlocks.Time;
using Mila.BuildingBlocks.Values;
using Mila.Events.Agenda;
using Mila.Events.Feeds;
using Mila.Events.Registrations;
using Mila.Events.Waiting;
using QRCoder;

namespace Mila.Events.Letters;

/// <summary>What people are written about their registrations.</summary>
internal sealed class RegistrationLetters(RegistrationSettings settings, LinkSigner signer, TimeProvider clock)
{
    /// <summary>The letter of this kind; null when what it would ask is answered already.</summary>
    /// <param name="kind">Of <see cref="LetterDue"/>.</param>
    /// <param name="sequence">Of the calendar entry that it brings.</param>
    /// <param name="r">Whose.</param>
    /// <param name="e">Of what.</param>
    /// <param name="standing">The place in line, of one who waits.</param>
    /// <param name="offered">The decision by which a place is offered, of one who is offered one.</param>
    public Letter? Write(string kind, int sequence, Registration r, Event e, (int Rank, int Of)? standing, Decision? offered = null)
    {
        // Whoever was checked in late was not missed.
        if (kind is nameof(RegistrationStatus.Pending) or nameof(RegistrationStatus.Offered) or nameof(RegistrationStatus.NoShow) && r.Status.ToString() != kind) return null;

        // By the link nobody sees who came, and no seat stayed empty.
        if (kind is nameof(RegistrationStatus.NoShow) && r.Place is Place.Remote) return null;

        var title = e.Texts.Title;
        var told = Enum.TryParse<RegistrationStatus>(kind, out var status) ? status : kind == LetterDue.Feedback ? RegistrationStatus.Attended : r.Status;
        var letter = Letter.To(r.Person.Email, r.Person.Name, r.Person.Language, $"registration:{r.Id}");
        switch (kind)
        {
            case nameof(RegistrationStatus.Pending):
                return Attach(Say(letter, "Confirmez votre inscription", "Confirm your registration", title, r, e)
                    .Paragraph($"Votre inscription attend que vous la confirmiez. Le lien vaut jusqu'au {Shown(r.OfferExpiresAt!.Value, "fr")}, heure de Paris ; sans réponse, rien n'est gardé pour vous.", $"Your registration waits for your confirmation. The link holds until {Shown(r.OfferExpiresAt!.Value, "en")}, Paris time; without an answer nothing is kept for you."), r, e, told, r.Sequence)
                    .Link("Confirmer mon inscription", "Confirm my registration", Url(r, LinkUse.Confirm));
            case nameof(RegistrationStatus.Confirmed):
                return Ticketed(Attach(Say(letter, "Votre place", "Your place", title, r, e)
                    .Paragraph(r.Seats == 1 ? "Votre place est confirmée." : $"Vos {r.Seats} places sont confirmées.", r.Seats == 1 ? "Your place is confirmed." : $"Your {r.Seats} places are confirmed."), r, e, told, sequence), r)
                    .Link("Voir ou annuler mon inscription", "See or cancel my registration", Url(r, LinkUse.Own));
            case nameof(RegistrationStatus.Waitlisted):
                var line = standing is { } s ? Reasons.Standing(r, s.Rank, s.Of) : new LocalizedText("Vous êtes en liste d'attente.", "You are on the waiting list.");
                return Attach(Say(letter, "Liste d'attente", "Waiting list", title, r, e).Paragraph(line.Fr, line.In("en")), r, e, told, sequence)
                    .Link("Voir mon rang ou me désister", "See my place in line or leave it", Url(r, LinkUse.Own));
            case nameof(RegistrationStatus.Offered):
                Say(letter, "Une place pour vous", "A place for you", title, r, e)
                    .Paragraph($"Une place s'est libérée. Elle vous est réservée jusqu'au {Shown(r.OfferExpiresAt!.Value, "fr")}, heure de Paris.", $"A place has become free. It is held for you until {Shown(r.OfferExpiresAt!.Value, "en")}, Paris time.");
                if (offered is { } why) letter.Paragraph(Reasons.Told(why).Fr, Reasons.Told(why).In("en"));
                return Attach(letter, r, e, told, sequence)
                    .Link("Accepter ou décliner", "Accept or decline", Url(r, LinkUse.Offer, r.Offers));
            case LetterDue.Moved:
                Attach(Say(letter, "Changement", "Change", title, r, e).Paragraph("La date, l'heure ou le lieu a changé. Votre inscription suit.", "The date, time or place has changed. Your registration follows."),
                    Invitation.Write(r, e, told, sequence, settings, clock.GetUtcNow()) ?? Invitation.Retract(r, e, sequence, settings, clock.GetUtcNow()));
                // An offer ends when the event begins.
                if (r.Status is RegistrationStatus.Offered)
                {
                    return letter.Paragraph($"La place vous est réservée jusqu'au {Shown(r.OfferExpiresAt!.Value, "fr")}, heure de Paris.", $"The place is held for you until {Shown(r.OfferExpiresAt!.Value, "en")}, Paris time.")
                        .Link("Accepter ou décliner", "Accept or decline", Url(r, LinkUse.Offer, r.Offers));
                }

                return letter.Link("Voir ou annuler mon inscription", "See or cancel my registration", Url(r, LinkUse.Own));
            case LetterDue.Switched:
                return Ticketed(Attach(Say(letter, "Votre place", "Your place", title, r, e)
                    .Paragraph(r.Place is Place.Remote ? "Votre place est désormais à distance." : "Votre place est désormais sur place.", r.Place is Place.Remote ? "You now take part remotely." : "You now have a seat on site."), r, e, told, sequence), r)
                    .Link("Voir ou annuler mon inscription", "See or cancel my registration", Url(r, LinkUse.Own));
            case LetterDue.AlreadyRegistered:
                return Say(letter, "Votre inscription", "Your registration", title, r, e)
                    .Paragraph("Une inscription a été demandée avec votre adresse ; vous en avez déjà une. Si ce n'était pas vous, il n'y a rien à faire.", "A registration was asked for with your address; you have one already. If it was not you, there is nothing to do.")
                    .Link("Voir ou annuler mon inscription", "See or cancel my registration", Url(r, LinkUse.Own));
            case LetterDue.Feedback:
                return Attach(Say(letter, "Comment était-ce ?", "How was it?", title, r, e)
                    .Paragraph("Merci d'être venu. Une note et quelques mots nous aident à faire mieux.", "Thank you for coming. A score and a few words help us to do better."), r, e, told, sequence)
                    .Link("Donner mon avis", "Say what I think", $"{settings.PublicUrl}/feedback/{new RegistrationLink(r.Id, LinkUse.Feedback).Seal(signer)}");
            case nameof(RegistrationStatus.Declined):
                return Attach(Say(letter, "Proposition déclinée", "Offer declined", title, r, e)
                    .Paragraph("Vous avez décliné la place ; elle n'est plus réservée pour vous.", "You have declined the place; it is no longer held for you."), r, e, told, sequence);
            case nameof(RegistrationStatus.Expired):
                var begun = e.When is When.Scheduled when && when.StartsAt <= r.UpdatedAt;
                return Attach(Say(letter, "Proposition expirée", "Offer expired", title, r, e)
                    .Paragraph(begun ? "La place vous était réservée jusqu'au début de l'événement." : "Sans réponse à temps, la place n'est plus réservée pour vous.", begun ? "The place was held for you until the event began." : "Without an answer in time, the place is no longer held for you."), r, e, told, sequence);
            case LetterDue.InVain:
                return Attach(Say(letter, "Liste d'attente close", "Waiting list closed", title, r, e)
                    .Paragraph("L'événement a commencé et aucune place ne s'est libérée pour vous ; nous en sommes désolés. La prochaine fois, celles et ceux qui ont eu le moins de places cette saison passent d'abord.", "The event has begun and no place came free for you; we are sorry. Next time those who have had the fewest places this season go first."), r, e, RegistrationStatus.Expired, sequence)
                    .Link("Voir les prochaines rencontres", "See what comes next", $"{settings.PublicUrl}/agenda");
            case LetterDue.Unconfirmed:
                return Attach(Say(letter, "Inscription non confirmée", "Registration not confirmed", title, r, e)
                    .Paragraph("Votre inscription n'a pas été confirmée à temps : rien n'est gardé pour vous. Si vous le souhaitez toujours, demandez à nouveau ; si ce n'était pas vous, il n'y a rien à faire.", "Your registration was not confirmed in time: nothing is kept for you. If you still wish to come, ask again; if it was not you, there is nothing to do."), r, e, RegistrationStatus.Expired, sequence)
                    .Link("M'inscrire à nouveau", "Register again", $"{settings.PublicUrl}/agenda/{e.Slug}/registration?lang={r.Person.Language}");
            case nameof(RegistrationStatus.NoShow):
                return Attach(Say(letter, "Vous étiez attendu", "You were expected", title, r, e)
                    .Paragraph("Votre place est restée libre. Si vous étiez là, répondez à ce courriel : nous le corrigerons.", "Your place stayed empty. If you were there, answer this mail and we will correct it.")
                    .Paragraph("La prochaine fois, un clic sur « annuler mon inscription » dans le courriel de confirmation rend la place : elle va aussitôt à la personne suivante.", "Next time, one click on \"cancel my registration\" in the mail that confirms it gives the place back: it goes to the next person at once."), r, e, told, sequence);
            default:
                var off = e.Cancellation?.Reason;
                return Attach(Say(letter, "Inscription annulée", "Registration cancelled", title, r, e)
                    .Paragraph(off is null ? "Votre inscription est annulée." : $"L'événement est annulé : {off.Fr}", off is null ? "Your registration is cancelled." : $"The event is cancelled: {off.In("en")}"), r, e, told, sequence);
        }
    }

    /// <summary>What the code on a ticket says.</summary>
    public string TicketUrl(Registration r) => $"{settings.PublicUrl}/check-in/{new RegistrationLink(r.Id, LinkUse.Ticket).Seal(signer)}";

    private byte[] Ticket(Registration r)
    {
        using var code = QRCodeGenerator.GenerateQrCode(TicketUrl(r), QRCodeGenerator.ECCLevel.M);
        using var png = new PngByteQRCode(code);
        return png.GetGraphic(6);
    }

    private string Url(Registration r, LinkUse use, int stamp = 0) => $"{settings.PublicUrl}/registrations/{new RegistrationLink(r.Id, use, stamp).Seal(signer)}";

    private Letter Ticketed(Letter letter, Registration r) => r.Place is Place.OnSite ? letter.Attach("billet.png", "image/png", Ticket(r)) : letter;

    private Letter Attach(Letter letter, Registration r, Event e, RegistrationStatus told, int sequence) =>
        Attach(letter, Invitation.Write(r, e, told, sequence, settings, clock.GetUtcNow()));

    private static Letter Attach(Letter letter, (string Method, byte[] Bytes)? invitation) => invitation is { } file ? letter.Attach("mila.ics", $"text/calendar; method={file.Method}; charset=utf-8", file.Bytes) : letter;

    private static Letter Say(Letter letter, string fr, string en, LocalizedText title, Registration r, Event e)
    {
        letter.Subject($"{fr} : {title.Fr}", $"{en}: {title.In("en")}")
            .Paragraph($"{title.Fr}\n{Time(e, "fr")}\n{Where(e, r, "fr")}".TrimEnd(), $"{title.In("en")}\n{Time(e, "en")}\n{Where(e, r, "en")}".TrimEnd());
        return letter;
    }

    /// <summary>Where this place is: the room, or the link. The link itself is for those who have a place, unless the agenda shows it to everybody.</summary>
    internal static string Where(Event e, Registration r, string language) =>
        r.Place is not Place.Remote ? Whereabouts.Of(e.Venue).Line ?? ""
        : (language == "en" ? "Online" : "À distance") + (e.Venue?.Url is { } url && (e.Audience is Audience.Public || r.Status is RegistrationStatus.Confirmed or RegistrationStatus.Attended) ? $", {url}" : "");

    /// <summary>When it is: as the agenda says it, to the end.</summary>
    internal static string Time(Event e, string language) => Wording.Of(language).Time(e.When);

    internal static string Shown(DateTimeOffset instant, string language) => WrittenTime.WeekdayAndHour(instant, language);
}
