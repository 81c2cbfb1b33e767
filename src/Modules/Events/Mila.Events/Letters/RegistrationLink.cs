using System.Buffers.Binary;

namespace Mila.Events.Letters;

/// <summary>What a link in a mail opens: one registration, for one use. It answers its own question once: what it asks about must still be so.</summary>
/// <param name="RegistrationId">The registration.</param>
/// <param name="Use">For what.</param>
/// <param name="Stamp">Of which offer, for a link that answers one.</param>
internal sealed record RegistrationLink(Guid RegistrationId, LinkUse Use, int Stamp = 0)
{
    private const string Purpose = "registration";
    private const int Length = 21;

    public string Seal(LinkSigner signer)
    {
        Span<byte> bytes = stackalloc byte[Length];
        RegistrationId.TryWriteBytes(bytes);
        bytes[16] = (byte)Use;
        BinaryPrimitives.WriteInt32LittleEndian(bytes[17..], Stamp);
        return signer.Seal(Purpose, bytes);
    }

    /// <summary>The link; null when it was not made here.</summary>
    public static RegistrationLink? Open(LinkSigner signer, string token) =>
        signer.Open(Purpose, token) is { Length: Length } bytes
            ? new RegistrationLink(new Guid(bytes.AsSpan(0, 16)), (LinkUse)bytes[16], BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(17)))
            : null;
}

/// <summary>What a link is for.</summary>
internal enum LinkUse : byte
{
    /// <summary>Confirm an address.</summary>
    Confirm = 1,

    /// <summary>Answer an offer.</summary>
    Offer = 2,

    /// <summary>See the registration and give it back.</summary>
    Own = 3,

    /// <summary>Be checked in at the door.</summary>
    Ticket = 4,

    /// <summary>Say how it was.</summary>
    Feedback = 5,
}
