using Marten;
using Microsoft.AspNetCore.Http.HttpResults;
using Mila.BuildingBlocks.Api.Lists;

namespace Mila.BuildingBlocks.Mail;

internal static class ListMails
{
    internal static readonly ListOf<OutgoingMail> Definition = new ListOf<OutgoingMail>()
        .Sort("createdAt", mail => mail.CreatedAt)
        .Filter("to", mail => mail.To)
        .Filter("about", mail => mail.About)
        .Filter("status", mail => mail.Status)
        .UpdatedSince(mail => mail.UpdatedAt);

    /// <summary>List what was sent to whom about what.</summary>
    internal static Task<Results<Ok<Page<MailSummary>>, ProblemHttpResult>> Handle(ListRequest list, IQuerySession session, CancellationToken ct) =>
        Definition.AnswerAsync(list, session, MailSummary.Of, ct);
}
