namespace Mila.Coaching.Catalogue;

internal static class ChangeService
{
    /// <summary>Change a service: open it, close it, say it better.</summary>
    internal static async Task<Results<Tagged<ServiceResponse>, ProblemHttpResult>> Handle(
        string code, Patch<ServiceRequest> patch, IfMatch ifMatch, IDocumentSession session, TimeProvider clock, CancellationToken ct)
    {
        var service = await session.Query<Service>().FirstOrDefaultAsync(s => s.Code == code, ct);
        if (service is null) return ServiceErrors.Unknown.ToProblem();
        if (!ifMatch.Allows(service, out var stale)) return stale;
        if (!(await patch.ApplyToAsync(ServiceRequest.Of(service), ct)).Succeeded(out var request, out var invalid)) return invalid.ToProblem();
        if (request.Code != code) return ServiceErrors.CodeFixed.At("/code").ToProblem();

        if (!service.Replan(request.ToPlan(), clock.GetUtcNow()).Succeeded(out var refusal)) return refusal.ToProblem();

        session.Store(service);
        await session.SaveChangesAsync(ct);
        return Etag.Ok(ServiceResponse.Of(service), service);
    }
}
