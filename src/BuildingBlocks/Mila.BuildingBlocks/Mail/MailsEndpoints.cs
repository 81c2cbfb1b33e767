using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Mila.BuildingBlocks.Api;
using Mila.BuildingBlocks.Security;

namespace Mila.BuildingBlocks.Mail;

internal sealed class MailsEndpoints : Carter.ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app)
    {
        var mails = app.MapGroup("/v1/mails").WithTags("Mails").RequireScope(Scopes.Admin);
        mails.MapList("/", ListMails.Handle, ListMails.Definition).WithName(nameof(ListMails));
        mails.MapGet("/{mailId:guid}", ReadMail.Handle).WithName(nameof(ReadMail)).ProducesProblems(404);
    }
}
