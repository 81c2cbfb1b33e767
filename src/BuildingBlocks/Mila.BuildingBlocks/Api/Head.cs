using Microsoft.AspNetCore.Http;

namespace Mila.BuildingBlocks.Api;

/// <summary>HEAD wherever there is GET (RFC 9110 section 9.1): it runs as GET, and the server, which knows what was asked on the wire, sends no body.</summary>
internal static class Head
{
    public static Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (HttpMethods.IsHead(context.Request.Method)) context.Request.Method = HttpMethods.Get;
        return next(context);
    }
}
