namespace Mila.Events.Agenda;

/// <summary>Somebody who speaks, as the API shows it.</summary>
/// <param name="Name">As the agenda shows it; null while only the role is known.</param>
/// <param name="Role">What for.</param>
/// <param name="Organisation">From where.</param>
/// <param name="MayBeFilmed">Whether this person agrees to be filmed. Consents are between them and MILA: null for a partner, as are their dates.</param>
/// <param name="ConsentedAt">When the person agreed last.</param>
/// <param name="WithdrawnAt">When the person took it back; null while it holds.</param>
internal sealed record SpeakerResponse(string? Name, string? Role, string? Organisation, bool? MayBeFilmed = null, DateTimeOffset? ConsentedAt = null, DateTimeOffset? WithdrawnAt = null)
{
    public static SpeakerResponse Of(Speaker s) => new(s.Name, s.Role, s.Organisation, s.MayBeFilmed, s.ConsentedAt, s.WithdrawnAt);
}
