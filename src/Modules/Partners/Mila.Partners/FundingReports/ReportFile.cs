using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Mila.BuildingBlocks.Pages;

namespace Mila.Partners.FundingReports;

/// <summary>A form of the report.</summary>
/// <param name="Ending">Of its address and file.</param>
/// <param name="MediaType">As it is asked for.</param>
internal sealed record ReportFormat(string Ending, string MediaType)
{
    public static readonly ReportFormat Json = new("json", "application/json");
    public static readonly ReportFormat Csv = new("csv", "text/csv");
    public static readonly ReportFormat Html = new("html", "text/html");
    public static readonly ReportFormat Pdf = new("pdf", "application/pdf");

    private static readonly ReportFormat[] All = [Json, Html, Csv, Pdf];

    /// <summary>The one that the caller likes best (RFC 9110 section 12.5.1); JSON when it does not say. Who accepts none of them was refused before.</summary>
    public static ReportFormat Accepted(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted)) return Json;

        return All.MaxBy(f => accepted.Where(a => a.MatchesMediaType(f.MediaType)).OrderBy(a => a.MatchesAllTypes ? 2 : a.MatchesAllSubTypes ? 1 : 0).Select(a => a.Quality ?? 1).FirstOrDefault())!;
    }
}

/// <summary>How a report is asked for.</summary>
/// <param name="Lang"><c>fr</c> or <c>en</c>; else as <c>Accept-Language</c> says.</param>
/// <param name="Funder">Code of a funder: only its part.</param>
internal sealed record ReportQuery([FromQuery(Name = "lang"), AllowedValues("fr", "en")] string? Lang = null, [FromQuery(Name = "funder")] string? Funder = null);

/// <summary>The report in one form. Its tag is of what it says and not of its bytes, because a PDF is never the same twice.</summary>
internal sealed class ReportFile : IResult
{
    private readonly FundingReport _report;
    private readonly ReportFormat _format;
    private readonly ReportWording _wording;
    private readonly DateTimeOffset _at;

    private ReportFile(FundingReport report, ReportFormat format, string language, DateTimeOffset at) => (_report, _format, _wording, _at) = (report, format, new ReportWording(language), at);

    public static ReportFile Of(FundingReport report, ReportFormat format, string language, DateTimeOffset at) => new(report, format, language, at);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var (request, response) = (httpContext.Request, httpContext.Response);
        var json = JsonSerializer.SerializeToUtf8Bytes(_report, JsonRules.Options);
        var tag = $"\"{WebEncoders.Base64UrlEncode(SHA256.HashData([.. json, .. System.Text.Encoding.UTF8.GetBytes(_format.Ending + (_format == ReportFormat.Json ? "" : _wording.Language))])[..16])}\"";
        (response.Headers.ETag, response.Headers.Vary, response.Headers.CacheControl) = (tag, "Accept, Accept-Language", "no-store");
        if (EntityTagHeaderValue.TryParseList(request.Headers.IfNoneMatch, out var known) && known.Any(k => k.Equals(EntityTagHeaderValue.Any) || k.Tag == tag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        var bytes = _format.Ending switch
        {
            "csv" => CsvReport.Write(_report, _wording),
            "html" => HtmlReport.Write(_report, _wording, httpContext.RequestServices.GetRequiredService<PublicAddress>().Of(request), request.Query["funder"]),
            "pdf" => PdfReport.Write(_report, _wording, _at),
            _ => json,
        };
        response.ContentType = _format.MediaType + (_format == ReportFormat.Pdf ? "" : "; charset=utf-8");
        if (_format != ReportFormat.Json) response.Headers.ContentLanguage = _wording.Language;
        if (_format == ReportFormat.Csv || _format == ReportFormat.Pdf) response.Headers.ContentDisposition = $"inline; filename=\"mila-{_report.Year}.{_format.Ending}\"";
        response.ContentLength = bytes.Length;
        await response.Body.WriteAsync(bytes, httpContext.RequestAborted);
    }
}
