namespace Mila.Events.Agenda;

internal static class StaffRoutes
{
    /// <summary>Refuses partners' keys, whatever their scopes: what stands behind these routes is MILA's own.</summary>
    public static RouteGroupBuilder ForStaff(this RouteGroupBuilder group, Error refusal) =>
        group.AddEndpointFilter(async (context, next) => context.HttpContext.RequestServices.GetRequiredService<Caller>().IsPartner ? refusal.ToProblem() : await next(context));
}
