using System.Security.Cryptography;

namespace Mila.Partners.Webhooks.Signing;

/// <summary>What goes into <c>webhook-id</c>: one per message, the same on every retry and resend (API.md W1).</summary>
internal static class MessageIds
{
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /// <summary><c>msg_</c> and 27 characters of base 62, which is 160 random bits: nobody can guess the id of a message.</summary>
    internal static string New() => "msg_" + RandomNumberGenerator.GetString(Alphabet, 27);
}
