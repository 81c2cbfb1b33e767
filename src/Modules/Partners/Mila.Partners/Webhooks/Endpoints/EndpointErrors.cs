namespace Mila.Partners.Webhooks.Endpoints;

internal static class EndpointErrors
{
    public static readonly UnknownError Unknown = new("webhook-endpoint-unknown", "There is no such webhook endpoint.", "Ce point d'accès webhook n'existe pas.");
    public static readonly InvalidError UnknownPartner = new("webhook-partner-unknown", "There is no partner of this id.", "Aucun partenaire ne porte cet identifiant.");
    public static readonly InvalidError UnknownChannel = new("webhook-channel-unknown", "A channel names a partner that nobody has registered.", "Un canal nomme un partenaire que personne n'a enregistré.");
    public static readonly InvalidError UrlRefused = new("webhook-url-refused", "An endpoint has a public https address on port 443 or 8443, without user or fragment.", "Un point d'accès a une adresse https publique, sur le port 443 ou 8443, sans utilisateur ni fragment.");
    public static readonly InvalidError PartnerFixed = new("webhook-partner-fixed", "An endpoint stays its partner's.", "Un point d'accès reste à son partenaire.");
    public static readonly InvalidError AlgorithmFixed = new("webhook-algorithm-fixed", "An endpoint keeps its algorithm: open another one.", "Un point d'accès garde son algorithme : ouvrez-en un autre.");
    public static readonly InvalidError SecretRefused = new("webhook-secret-refused", "A secret of v1 is whsec_ and base64 of 24 to 64 bytes; one of v1a is whsk_ and base64 of seed and public key.", "Un secret v1 est whsec_ suivi de 24 à 64 octets en base64 ; un secret v1a est whsk_ suivi de la graine et de la clé publique en base64.");
    public static readonly InvalidError RecoveryOutOfReach = new("webhook-recovery-out-of-reach", "A recovery starts at most 30 days ago and not in the future.", "Un rattrapage commence il y a 30 jours au plus et pas dans le futur.");
    public static readonly ConflictError RotatedTooOften = new("webhook-rotated-too-often", "Four secrets sign already: wait for the oldest to retire, or rotate with graceSeconds 0.", "Quatre secrets signent déjà : attendez que le plus ancien expire, ou renouvelez avec graceSeconds 0.");
    public static readonly ConflictError SecretSealed = new("webhook-secret-unreadable", "The secret was sealed with another Webhooks__EncryptionKey than this server has: rotate it, or give the server its key back.", "Le secret a été scellé avec une autre Webhooks__EncryptionKey que celle du serveur : renouvelez-le, ou rendez sa clé au serveur.");
    public static readonly ConflictError TooMany = new("webhook-endpoints-exhausted", "The partner has as many endpoints as it may have: close one first.", "Le partenaire a autant de points d'accès qu'il peut en avoir : fermez-en un d'abord.");
    public static readonly ConflictError Disabled = new("webhook-endpoint-disabled", "The endpoint is disabled: enable it first.", "Le point d'accès est désactivé : réactivez-le d'abord.");
}
