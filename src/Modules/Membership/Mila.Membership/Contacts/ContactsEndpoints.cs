using Carter;

namespace Mila.Membership.Contacts;

internal sealed class ContactsEndpoints : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app)
    {
        var contacts = app.MapGroup("/v1/members/{memberId:guid}/contacts").WithTags("Membership").RequireScope("membership:write");
        contacts.MapList("/", ListContacts.Handle, ListContacts.Definition).WithName(nameof(ListContacts)).RequireScope("membership:read").ProducesProblems(404);
        contacts.MapPost<ContactRequest>("/", AddContact.Handle).WithName(nameof(AddContact)).ProducesProblems(404, 409);
        contacts.MapGet("/{contactId:guid}", ReadContact.Handle).WithName(nameof(ReadContact)).RequireScope("membership:read").ProducesProblems(404);
        contacts.MapMergePatch("/{contactId:guid}", ChangeContact.Handle).WithName(nameof(ChangeContact));
        contacts.MapDelete("/{contactId:guid}", RemoveContact.Handle).WithName(nameof(RemoveContact)).ProducesProblems(400, 404, 409, 412, 428);
    }
}
