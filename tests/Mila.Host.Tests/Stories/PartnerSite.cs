using System.Text;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Mila.Host.Tests.Stories;

/// <summary>A partner's own site, which takes in webhooks.</summary>
internal sealed class PartnerSite : IAsyncDisposable
{
    private readonly Channel<(string Body, IHeaderDictionary Headers)> _received = Channel.CreateUnbounded<(string, IHeaderDictionary)>();
    private readonly WebApplication _site;

    private PartnerSite(WebApplication site) => _site = site;

    /// <summary>Where it takes them in.</summary>
    public string Url => _site.Urls.First() + "/mila";

    public static async Task<PartnerSite> OpenAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var site = new PartnerSite(builder.Build());
        site._site.MapPost("/mila", site.TakeInAsync);
        await site._site.StartAsync();
        return site;
    }

    /// <summary>The next message, as it came.</summary>
    public async Task<(string Body, IHeaderDictionary Headers)> NextAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        return await _received.Reader.ReadAsync(patience.Token);
    }

    public async ValueTask DisposeAsync() => await _site.DisposeAsync();

    private async Task<IResult> TakeInAsync(HttpRequest request)
    {
        using var reader = new StreamReader(request.Body, Encoding.UTF8);
        var body = await reader.ReadToEndAsync(request.HttpContext.RequestAborted);
        await _received.Writer.WriteAsync((body, new HeaderDictionary(request.Headers.ToDictionary(h => h.Key, h => h.Value, StringComparer.OrdinalIgnoreCase))));
        return Results.NoContent();
    }
}
