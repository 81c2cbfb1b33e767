namespace Mila.Events.Calls;

/// <summary>What a link in a mail opens: one's own submission, or what one is asked to score.</summary>
internal static class CallLink
{
    private const string OfSubmission = "submission";
    private const string OfReviewer = "reviewer";
    private const int IdLength = 16;

    public static string Seal(LinkSigner signer, Guid submissionId) => signer.Seal(OfSubmission, submissionId.ToByteArray());

    /// <summary>The submission; null when the link was not made here.</summary>
    public static Guid? OpenSubmission(LinkSigner signer, string token) => signer.Open(OfSubmission, token) is { Length: IdLength } bytes ? new Guid(bytes) : null;

    public static string Seal(LinkSigner signer, Guid callId, Guid reviewerId) => signer.Seal(OfReviewer, [.. callId.ToByteArray(), .. reviewerId.ToByteArray()]);

    /// <summary>The call and the reviewer; null when the link was not made here. Whether they still review it the call says.</summary>
    public static (Guid CallId, Guid ReviewerId)? OpenReviewer(LinkSigner signer, string token) =>
        signer.Open(OfReviewer, token) is { Length: 2 * IdLength } bytes ? (new Guid(bytes.AsSpan(0, IdLength)), new Guid(bytes.AsSpan(IdLength))) : null;
}
