using System.Buffers.Binary;
using Mila.Partners.Partners;

namespace Mila.Partners.FundingReports;

/// <summary>What the link in a reminder opens: one funder's part of one year's report, as it stands on that day, without a key.</summary>
internal static class ReadReportByLink
{
    private const string Purpose = "funding-report";
    private const int IdLength = 16;

    /// <summary>How long a link is good for; who needs it later has another reminder by then, or a key.</summary>
    internal static readonly TimeSpan Holds = TimeSpan.FromDays(14);

    /// <summary>Where it is.</summary>
    internal static string PathOf(LinkSigner signer, int year, Guid funderId, DateTimeOffset now)
    {
        Span<byte> content = stackalloc byte[sizeof(int) + sizeof(long) + IdLength];
        BinaryPrimitives.WriteInt32BigEndian(content, year);
        BinaryPrimitives.WriteInt64BigEndian(content[sizeof(int)..], (now + Holds).ToUnixTimeSeconds());
        funderId.TryWriteBytes(content[(sizeof(int) + sizeof(long))..]);
        return $"/funding-reports/{signer.Seal(Purpose, content)}.pdf";
    }

    /// <summary>The report as a PDF, in French unless the browser prefers English.</summary>
    internal static async Task<Results<ReportFile, ProblemHttpResult>> Handle(string token, HttpRequest request, LinkSigner signer, IQuerySession session, TimeProvider clock, CancellationToken ct)
    {
        if (signer.Open(Purpose, token) is not { Length: sizeof(int) + sizeof(long) + IdLength } content) return FundingReportErrors.Unknown.ToProblem();
        if (BinaryPrimitives.ReadInt64BigEndian(content.AsSpan(sizeof(int))) <= clock.GetUtcNow().ToUnixTimeSeconds()) return FundingReportErrors.LinkExpired.ToProblem();

        var (year, funder) = (BinaryPrimitives.ReadInt32BigEndian(content), new Guid(content.AsSpan(sizeof(int) + sizeof(long))));
        return await ReadFundingReport.ComposeAsync(year, ReportFormat.Pdf, funder, Languages.Preferred(request, otherwise: "fr"), session, clock, ct);
    }
}
