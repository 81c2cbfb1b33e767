using Mila.BuildingBlocks.Api.Lists;

namespace Mila.Coaching.Catalogue;

internal static class ListServices
{
    internal static readonly ListOf<Service> Definition = new ListOf<Service>()
        .Sort("code", s => s.Code)
        .Sort("updatedAt", s => s.UpdatedAt)
        .Filter("kind", s => s.Kind)
        .Filter("status", s => s.Status)
        .UpdatedSince(s => s.UpdatedAt);

    /// <summary>List the services.</summary>
    internal static Task<Results<Ok<Page<ServiceResponse>>, ProblemHttpResult>> Handle(ListRequest list, IQuerySession session, CancellationToken ct) =>
        Definition.AnswerAsync(list, session, ServiceResponse.Of, ct);
}
