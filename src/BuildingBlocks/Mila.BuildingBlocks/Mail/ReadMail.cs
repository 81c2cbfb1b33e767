using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Mila.BuildingBlocks.Api;
using Mila.BuildingBlocks.Results;

namespace Mila.BuildingBlocks.Mail;

internal static class ReadMail
{
    /// <summary>Read a mail as it was sent.</summary>
    internal static async Task<Results<Tagged<MailResponse>, ProblemHttpResult>> Handle(Guid mailId, IQuerySession session, CancellationToken ct)
    {
        var mail = await session.LoadAsync<OutgoingMail>(mailId, ct);
        return mail is null ? MailErrors.Unknown.ToProblem() : Etag.Ok(MailResponse.Of(mail), mail);
    }
}
