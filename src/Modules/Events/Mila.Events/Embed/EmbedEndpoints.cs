using Carter;

namespace Mila.Events.Embed;

internal sealed class EmbedEndpoints : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app)
    {
        var embed = app.MapGroup("/embed").WithTags("Public agenda").Public().NotLimited();
        embed.MapGet("/agenda", ShowEmbed.Frame).WithName("ReadAgendaFrame").Produces(200, contentType: "text/html").Produces(304).ProducesProblems(400, 404);
        embed.MapGet("/agenda.js", EmbedAsset.Script).WithMetadata(new ExcludeFromDescriptionAttribute());
        embed.MapGet("/agenda-frame.js", EmbedAsset.FrameScript).WithMetadata(new ExcludeFromDescriptionAttribute());
        embed.MapGet("/agenda.css", EmbedAsset.StyleSheet).WithMetadata(new ExcludeFromDescriptionAttribute());
        app.MapGroup("").WithTags("Public agenda").Public().NotLimited().MapGet("/oembed", DescribeEmbed.Handle).WithName(nameof(DescribeEmbed))
            .Produces<DescribeEmbed.Response>(200, "application/json", "text/xml").ProducesProblems(400, 404, 501);
    }
}
