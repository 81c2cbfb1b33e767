using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Mila.BuildingBlocks.Pages;
using Mila.Partners.Webhooks.Types;

namespace Mila.Partners.Webhooks.Guide;

/// <summary>What a receiver has to know, in one language. The receivers on it are files of their own, which the conformance tests run as they stand here.</summary>
internal sealed class GuidePage(string language, PublicAddress address, int mostEndpoints)
{
    private static readonly HtmlEncoder s_html = HtmlEncoder.Create(UnicodeRanges.BasicLatin, UnicodeRanges.Latin1Supplement, UnicodeRanges.GeneralPunctuation);

    private static readonly (string Id, string Name, string File)[] s_receivers =
        [("javascript", "JavaScript (Node.js)", "receiver.mjs"), ("python", "Python", "receiver.py"), ("php", "PHP", "receiver.php"), ("csharp", "C# (.NET)", "receiver.cs")];

    private readonly StringBuilder _page = new();

    internal byte[] Write()
    {
        var title = Say("Recevoir les webhooks de MILA", "Receive MILA's webhooks");
        var (otherCode, other) = language == "en" ? ("fr", "Français") : ("en", "English");
        Raw($"""
            <!DOCTYPE html>
            <html lang="{language}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{title} – MILA</title>
            <meta name="description" content="{Say("Ouvrir un point d'accès, vérifier les signatures, rattraper ce qui a manqué.", "Open an endpoint, verify signatures, catch up on what was missed.")}">
            <link rel="alternate" hreflang="fr" href="{address.OrPath("/webhooks?lang=fr")}">
            <link rel="alternate" hreflang="en" href="{address.OrPath("/webhooks?lang=en")}">
            <link rel="stylesheet" href="{Stylesheet.Href}">
            <link rel="icon" href="data:,">
            </head>
            <body>
            <a class="skip" href="#contents">{Say("Aller au contenu", "Skip to contents")}</a>
            <header>
            <p class="brand"><a href="/agenda{(language == "en" ? "?lang=en" : "")}">MILA</a></p>
            <nav aria-label="{Say("Langue", "Language")}"><a href="/webhooks?lang={otherCode}" hreflang="{otherCode}" lang="{otherCode}">{other}</a></nav>
            </header>
            <main id="contents" tabindex="-1">
            <h1>{title}</h1>

            """);
        Open();
        Message();
        Verify();
        Answer();
        Receivers();
        CatchUp();
        Raw($"</main>\n<footer><p><a href=\"/docs\">{Say("Le contrat de l'API", "The contract of the API")}</a></p></footer>\n</body>\n</html>\n");
        return Encoding.UTF8.GetBytes(_page.ToString());
    }

    private void Open()
    {
        var server = address.Configured ?? "https://mila.example";
        Section("open", "Ouvrir un point d'accès", "Open an endpoint");
        Paragraph(
            "Avec votre clé d'API de partenaire, indiquez une adresse https publique et ce que vous voulez savoir. Sans <code>eventTypes</code>, vous recevez tout ce qui vous est destiné ; <code>channels</code> limite à un programme ou à un partenaire. Votre serveur envoie toute sa chaîne de certificats : MILA ne va rien y chercher qui manque.",
            "With your partner's API key, name a public https address and what you want to know. Without <code>eventTypes</code> you are told everything that is for you; <code>channels</code> narrows it to a programme or a partner. Your server sends its whole chain of certificates: MILA fetches nothing that is missing in it.");
        Code("open-endpoint", $$"""
            curl -s {{server}}/v1/webhook-endpoints -H "Authorization: Bearer $MILA_KEY" -H 'Content-Type: application/json' \
              -d '{"url":"https://partner.example/mila","eventTypes":["event.*"],"channels":["programme:club-mila"]}'
            curl -s {{server}}/v1/webhook-endpoints/$ID/secret -H "Authorization: Bearer $MILA_KEY"
            curl -s -X POST {{server}}/v1/webhook-endpoints/$ID/test -H "Authorization: Bearer $MILA_KEY"
            """);
        Paragraph(
            "Le secret ne se lit qu'à cette adresse. <code>test</code> envoie un message <code>webhook.test</code>, et <code>/attempts</code> dit ce que votre serveur a répondu.",
            "The secret is shown at that address alone. <code>test</code> sends a message <code>webhook.test</code>, and <code>/attempts</code> says what your server answered.");
        Raw($"<p>{Say("Les types de messages, chacun avec son schéma JSON à", "The types of messages, each with its JSON Schema at")} <code>/v1/event-types/{{type}}</code>{Say(" :", ":")}</p>\n<ul>\n");
        foreach (var resource in EventTypes.Catalogue.Where(type => type.Name != EventTypes.Test).GroupBy(type => (Resource: type.Name.Split('.')[0], type.Reach)))
        {
            Raw($"<li>{string.Join(", ", resource.Select(type => $"<code>{type.Name}</code>"))}. {s_html.Encode(Reaches.Of(resource.Key.Reach).In(language))}</li>\n");
        }

        Raw("</ul>\n");
        Paragraph(
            $"MILA reçoit tout ; un partenaire, ce qui est public, ce qui le concerne (sa fiche, ses conventions, les inscriptions de ses adhérents et celles aux événements qu'il coorganise) et ce que l'équipe lui confie. La même règle vaut pour les renvois, le rattrapage et <code>/v1/changes</code>. Un partenaire a {mostEndpoints} points d'accès au plus.",
            $"MILA is told everything; a partner, what is public, what concerns it (its record, its agreements, the registrations of its members and those at events that it hosts too) and what staff confide in it. The same rule holds for resends, recovery and <code>/v1/changes</code>. A partner has {mostEndpoints} endpoints at most.");
    }

    private void Message()
    {
        Section("message", "Ce qui arrive", "What arrives");
        Code("request", """
            POST /mila HTTP/1.1
            Content-Type: application/json
            webhook-id: msg_p5jXN8AQM9LWM0D4loKWxJek
            webhook-timestamp: 1614265330
            webhook-signature: v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=

            {"type":"event.moved","timestamp":"2026-03-09T18:00:00Z","data":{"id":"…","slug":"…","url":"…","version":3,"changed":["startsAt","endsAt"]}}
            """);
        Paragraph(
            "Le corps tient en 20 ko et dit l'essentiel : des identifiants, une adresse, ce qui a changé, jamais de donnée personnelle. <code>\"payload\": \"full\"</code> donne en plus la forme publique complète des événements (ce qu'en dit l'agenda, sans les intervenants) et des partenaires ; <code>\"cloudEvents\": true</code> ajoute les en-têtes <code>ce-…</code> de CloudEvents 1.0.",
            "The body has 20 kB at most and says little: ids, an address, what changed, never personal data. <code>\"payload\": \"full\"</code> adds the full public form of events (what the agenda says of them, without the speakers) and partners; <code>\"cloudEvents\": true</code> adds the <code>ce-…</code> headers of CloudEvents 1.0.");
    }

    private void Verify()
    {
        Section("verify", "Vérifier", "Verify");
        Raw($"<p>{Say("MILA signe selon", "MILA signs by")} <a href=\"https://www.standardwebhooks.com\">Standard Webhooks 1.0.0</a>{Say(" ; les bibliothèques de ce projet conviennent. À la main, en quatre règles :", "; the libraries of that project will do. By hand, four rules:")}</p>\n<ol>\n");
        Item(
            "Lisez les octets du corps tels qu'ils arrivent, avant tout analyseur JSON.",
            "Take the bytes of the body as they arrive, before any JSON parser.");
        Item(
            "Refusez un <code>webhook-timestamp</code> qui s'écarte de plus de cinq minutes de votre horloge : personne ne rejoue un vieux message.",
            "Refuse a <code>webhook-timestamp</code> more than five minutes from your clock: nobody replays an old message.");
        Item(
            "Calculez HMAC-SHA256 sur <code>id.timestamp.corps</code>, avec pour clé les octets que code le base64 après <code>whsec_</code>. Une des signatures, séparées par des espaces, doit être égale, comparée en temps constant : pendant une rotation il y en a deux.",
            "Compute HMAC-SHA256 over <code>id.timestamp.body</code>; the key is the bytes that the base64 after <code>whsec_</code> stands for. One of the signatures, separated by spaces, must be equal, compared in constant time: during a rotation there are two.");
        Item(
            "Retenez <code>webhook-id</code> : un message peut arriver deux fois, alors avec le même identifiant et les mêmes octets.",
            "Keep <code>webhook-id</code>: a message may arrive twice, then with the same id and the same bytes.");
        Raw("</ol>\n");
        Paragraph(
            "Un point d'accès ouvert avec <code>\"algorithm\": \"v1a\"</code> est signé par Ed25519 : son « secret » est la clé publique <code>whpk_…</code> (32 octets en base64), et la signature <code>v1a,…</code> porte sur le même <code>id.timestamp.corps</code>.",
            "An endpoint opened with <code>\"algorithm\": \"v1a\"</code> is signed by Ed25519: its “secret” is the public key <code>whpk_…</code> (32 bytes in base64), and the signature <code>v1a,…</code> is over the same <code>id.timestamp.body</code>.");
    }

    private void Answer()
    {
        Section("answer", "Répondre", "Answer");
        Paragraph(
            "Répondez 2xx en moins de 15 secondes, et travaillez ensuite. Toute autre réponse, une redirection comprise, est un échec : MILA réessaie après 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h et 24 h, ou plus tard si <code>Retry-After</code> le demande. 410 désactive le point d'accès aussitôt ; 120 heures d'essais sans aucun succès le désactivent, après trois avertissements par courriel ; le temps où rien n'a été essayé ne compte pas.",
            "Answer 2xx within 15 seconds, and do the work afterwards. Every other answer, a redirect too, is a failure: MILA tries again after 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h and 24 h, or later where <code>Retry-After</code> asks for it. 410 disables the endpoint at once; 120 hours of attempts without any success disable it, after three warnings by mail; time in which nothing was tried does not count.");
        Paragraph(
            "Les messages n'arrivent pas forcément dans l'ordre : comparez <code>version</code>, ou ouvrez le point d'accès avec <code>\"ordered\": true</code>. <code>ratePerSecond</code> limite le débit.",
            "Messages need not arrive in order: compare <code>version</code>, or open the endpoint with <code>\"ordered\": true</code>. <code>ratePerSecond</code> limits the rate.");
    }

    private void Receivers()
    {
        Section("receivers", "Des récepteurs à copier", "Receivers to copy");
        Paragraph(
            "Chacun est un programme entier, sans rien à installer. Il lit <code>WEBHOOK_SECRET</code> et <code>PORT</code>, vérifie, écarte les doublons et répond 204, ou 400 à ce qui n'est pas de MILA.",
            "Each is a whole program with nothing to install. It reads <code>WEBHOOK_SECRET</code> and <code>PORT</code>, verifies, drops duplicates and answers 204, or 400 to what is not MILA's.");
        foreach (var (id, name, file) in s_receivers)
        {
            Raw($"<h3 id=\"{id}\">{name}</h3>\n");
            Code("receiver-" + id, ReadReceiver(file));
        }
    }

    private void CatchUp()
    {
        Section("catch-up", "Rattraper", "Catch up");
        Paragraph(
            "Après une panne, <code>POST /v1/webhook-endpoints/{id}/recovery</code> avec <code>{\"since\": \"…\"}</code> renvoie aussitôt tout ce qui n'est jamais arrivé, jusqu'à 30 jours en arrière. Ou lisez : <code>GET /v1/changes?after=</code> est le flux ordonné des mêmes messages, avec les mêmes identifiants, pendant 90 jours ; gardez <code>cursor</code> et redemandez. À 410 (<code>cursor-expired</code>), ce que le curseur désigne n'est plus là, oublié ou défait par une restauration : relisez le flux depuis son début.",
            "After an outage, <code>POST /v1/webhook-endpoints/{id}/recovery</code> with <code>{\"since\": \"…\"}</code> sends again at once everything that never arrived, up to 30 days back. Or read: <code>GET /v1/changes?after=</code> is the ordered stream of the same messages, with the same ids, for 90 days; keep <code>cursor</code> and ask again. At 410 (<code>cursor-expired</code>) what the cursor points at is gone, forgotten or undone by a restore: read the stream from its start.");
        Paragraph(
            "Pour changer de secret sans rien perdre : <code>POST …/secret/rotation</code>. L'ancien signe encore pendant un jour, ou jusqu'à sept avec <code>graceSeconds</code> ; <code>0</code> révoque aussitôt tous les autres.",
            "To change the secret without losing anything: <code>POST …/secret/rotation</code>. The one before still signs for a day, or up to seven with <code>graceSeconds</code>; <code>0</code> revokes all others at once.");
    }

    private static string ReadReceiver(string file)
    {
        using var reader = new StreamReader(typeof(GuidePage).Assembly.GetManifestResourceStream(file)!, Encoding.UTF8);
        return reader.ReadToEnd().TrimEnd();
    }

    private string Say(string french, string english) => language == "en" ? english : french;

    private void Section(string id, string french, string english) => Raw($"<h2 id=\"{id}\">{Say(french, english)}</h2>\n");

    private void Paragraph(string french, string english) => Raw($"<p>{Say(french, english)}</p>\n");

    private void Item(string french, string english) => Raw($"<li>{Say(french, english)}</li>\n");

    /// <summary>Wide lines scroll in a frame of their own, which the keyboard reaches.</summary>
    private void Code(string id, string text) => Raw($"<pre tabindex=\"0\"><code id=\"{id}\">{s_html.Encode(text).Replace("&#xA;", "\n", StringComparison.Ordinal)}</code></pre>\n");

    private void Raw(string html) => _page.Append(html);
}
