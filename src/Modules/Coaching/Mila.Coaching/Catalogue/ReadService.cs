namespace Mila.Coaching.Catalogue;

internal static class ReadService
{
    /// <summary>Read a service.</summary>
    internal static async Task<Results<Tagged<ServiceResponse>, ProblemHttpResult>> Handle(string code, IQuerySession session, CancellationToken ct)
    {
        var service = await session.Query<Service>().FirstOrDefaultAsync(s => s.Code == code, ct);
        return service is null ? ServiceErrors.Unknown.ToProblem() : Etag.Ok(ServiceResponse.Of(service), service);
    }
}
