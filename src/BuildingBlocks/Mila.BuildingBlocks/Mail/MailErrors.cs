using Mila.BuildingBlocks.Results;

namespace Mila.BuildingBlocks.Mail;

internal static class MailErrors
{
    public static readonly UnknownError Unknown = new("mail-unknown", "There is no such mail.", "Ce courriel n’existe pas.");
}
