using Carter;

namespace Mila.Partners.Proofs;

internal sealed class ProofsEndpoints : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app)
    {
        var proofs = app.MapGroup("/v1/membership-proofs").WithTags("Membership proofs").RequireScope("partners:write");
        proofs.MapPost<IssueMembershipProof.Request>("/", IssueMembershipProof.Handle).WithName(nameof(IssueMembershipProof)).ProducesProblems(409);
        proofs.MapPost<VerifyMembershipProof.Request>("/verification", VerifyMembershipProof.Handle).WithName(nameof(VerifyMembershipProof)).ProducesProblems(409).Guessable();
        proofs.MapPost("/key-rotation", RotateProofKey.Handle).WithName(nameof(RotateProofKey));
        proofs.MapList("/", ListProofRecords.Handle, ListProofRecords.Definition).WithName(nameof(ListProofRecords)).RequireScope("partners:read");
        proofs.MapGet("/{recordId:guid}", ReadProofRecord.Handle).WithName(nameof(ReadProofRecord)).RequireScope("partners:read").ProducesProblems(404);

        app.MapGroup("/.well-known").WithTags("Membership proofs").Public().MapGet("/jwks.json", ReadProofKeys.Handle).WithName(nameof(ReadProofKeys))
            .Produces<ReadProofKeys.Response>(200, ReadProofKeys.MediaType);
    }
}
