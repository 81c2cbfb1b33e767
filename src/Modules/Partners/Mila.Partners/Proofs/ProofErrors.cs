namespace Mila.Partners.Proofs;

internal static class ProofErrors
{
    public static readonly UnknownError Unknown = new("proof-record-unknown", "There is no such record of a proof.", "Il n'y a pas de trace de cette preuve.");
    public static readonly InvalidError UnknownAudience = new("proof-audience-unknown", "There is no partner of this code.", "Aucun partenaire ne porte ce code.");
    public static readonly InvalidError UnknownMember = new("member-unknown", "There is no such member.", "Cet adhérent n'existe pas.");
    public static readonly InvalidError UnknownContact = new("contact-unknown", "The member has no such contact.", "L'adhérent n'a pas ce contact.");
    public static readonly ConflictError NotInGoodStanding = new("member-not-in-good-standing", "The member is suspended, has left or has not paid its dues.", "L'adhérent est suspendu, parti ou n'est pas à jour de cotisation.");
    public static readonly InvalidError Malformed = new("proof-malformed", "This is no proof of membership.", "Ceci n'est pas une preuve d'appartenance.");
    public static readonly InvalidError IssuerUnknown = new("proof-issuer-unknown", "Nobody whose proofs are believed here issues under this name.", "Aucun émetteur reconnu ne porte ce nom.");
    public static readonly InvalidError AlgorithmRefused = new("proof-algorithm-refused", "A proof is signed by EdDSA with Ed25519, and by nothing else.", "Une preuve est signée par EdDSA avec Ed25519, et par rien d'autre.");
    public static readonly InvalidError KeyUnknown = new("proof-key-unknown", "The issuer has no key of this name.", "L'émetteur n'a pas de clé de ce nom.");
    public static readonly InvalidError SignatureWrong = new("proof-signature-wrong", "The signature is not the issuer's.", "La signature n'est pas celle de l'émetteur.");
    public static readonly InvalidError AudienceWrong = new("proof-audience-wrong", "The proof is meant for somebody else.", "La preuve est destinée à quelqu'un d'autre.");
    public static readonly InvalidError Expired = new("proof-expired", "The proof has expired.", "La preuve a expiré.");
    public static readonly InvalidError NotYetValid = new("proof-not-yet-valid", "The proof is of a time to come.", "La preuve est d'un temps à venir.");
    public static readonly InvalidError TooLongLived = new("proof-too-long-lived", "A proof is good for five minutes at most.", "Une preuve vaut cinq minutes au plus.");
    public static readonly ConflictError Replayed = new("proof-replayed", "The proof was used before: it is good for one use.", "La preuve a déjà servi : elle ne vaut qu'une fois.");
    public static readonly ConflictError Withdrawn = new("proof-withdrawn", "The person no longer belongs to MILA.", "La personne n'appartient plus à MILA.");
}
