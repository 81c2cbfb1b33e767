using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Mila.BuildingBlocks.Import;
using Mila.BuildingBlocks.Values;
using Mila.Partners.Discounts;
using Mila.Partners.Evidence;
using Mila.Partners.FundingPlans;
using Mila.Partners.Partners;

namespace Mila.Partners.Import;

/// <summary>
/// What a year's file promises: so many of each coaching service, so many events of each programme that says how often it meets. It is promised to the funders whose grants
/// the file names; a programme that has a supporter of its own, to that one.
/// </summary>
internal sealed partial class Promises
{
    private readonly List<FundingPlanRequest.Line> _lines = [];
    private readonly List<string> _pointers = [];

    /// <summary>What the file promises.</summary>
    public IReadOnlyList<FundingPlanRequest.Line> Lines => _lines;

    public static Promises Read(ImportFile file, ImportItem<PartnersImport.FundingItem> funding, IEnumerable<Partner> partners)
    {
        var (promises, byCode) = (new Promises(), partners.ToDictionary(p => p.Code, p => p.Id, StringComparer.Ordinal));
        var granting = (funding.Value.Grants ?? []).Select(g => g.Funder).Distinct(StringComparer.Ordinal).Where(byCode.ContainsKey).Select(code => byCode[code]).ToArray();
        // What is wrong with these sections is said by the modules that own them.
        var unsaid = new ImportReport();
        foreach (var item in file.Items<ServiceItem>("coachingServices", unsaid).Where(s => s.Value.YearlyTarget is not null))
        {
            promises.Add(item.Pointer, new FundingPlanRequest.Line(item.Value.Code, new LocalizedText(item.Value.Label), EvidenceKind.Appointment, Services: [item.Value.Code], Target: item.Value.YearlyTarget, FunderIds: granting));
        }

        foreach (var item in file.Items<ProgrammeItem>("programmes", unsaid))
        {
            var programme = item.Value;
            if (TimesAYear(programme.Rhythm) is not { } times) continue;

            Guid[] funders = byCode.TryGetValue(programme.SupportedBy?.ToLowerInvariant() ?? "", out var supporter) ? [supporter] : granting;
            promises.Add(item.Pointer, new FundingPlanRequest.Line(programme.Code, new LocalizedText(programme.Label), EvidenceKind.Event, Programmes: [programme.Code], Target: times, FunderIds: funders));
        }

        return promises;
    }

    /// <summary>Changes when what is planned and promised changes.</summary>
    public static string HashOf(FundingPlanRequest request) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(request))))[..16];

    /// <summary>What stands when the file promises something else than before: of each line the difference; lines of staff's own stay, and what they took out stays out.</summary>
    public static IReadOnlyList<FundingPlanRequest.Line> Corrected(JsonNode? saidBefore, IReadOnlyList<FundingPlanRequest.Line> said, IReadOnlyList<FundingPlanRequest.Line> now)
    {
        var before = (saidBefore as JsonArray ?? []).ToDictionary(l => (string)l!["code"]!, StringComparer.Ordinal);
        return
        [
            .. now.Select(line => said.FirstOrDefault(s => s.Code == line.Code) is { } anew ? Correction.Of(before.GetValueOrDefault(line.Code), anew, line) : line),
            .. said.Where(s => !before.ContainsKey(s.Code) && !now.Any(line => line.Code == s.Code)),
        ];
    }

    /// <summary>Whether a fault of the plan is one of a line.</summary>
    public bool IsOfLine(FieldError fault) => Place().Match(fault.Pointer) is { Success: true } place && int.Parse(place.Groups["line"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) < _pointers.Count;

    /// <summary>A fault of a line, where the file makes that promise.</summary>
    public FieldError AtItsPlace(FieldError fault) => fault with { Pointer = _pointers[int.Parse(Place().Match(fault.Pointer).Groups["line"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture)] };

    private void Add(string pointer, FundingPlanRequest.Line line)
    {
        _pointers.Add(pointer);
        _lines.Add(line);
    }

    /// <summary><c>9 per year</c>, <c>every 2 months</c>, <c>1 event per month</c>; null where nothing is said that can be counted.</summary>
    internal static int? TimesAYear(string? rhythm)
    {
        if (rhythm is null || Rhythm().Match(rhythm) is not { Success: true } said) return null;
        if (said.Groups["year"] is { Success: true } year) return Number(year);
        if (said.Groups["month"] is { Success: true } month) return 12 * Number(month);
        return Number(said.Groups["months"]) is > 0 and var months ? 12 / months : null;

        static int Number(Group group) => int.Parse(group.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);
    }

    /// <summary>The years of <c>three-year, 2023 to 2026</c>.</summary>
    internal static (int From, int To)? YearsOf(string? agreement) =>
        agreement is not null && Years().Match(agreement) is { Success: true } said
            ? (int.Parse(said.Groups["from"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture), int.Parse(said.Groups["to"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture))
            : null;

    /// <summary>Where an offer stands in the catalogue, by its words; staff put it elsewhere when that is wrong.</summary>
    internal static DiscountCategory CategoryOf(string offer)
    {
        return offer switch
        {
            _ when Says("legal") => DiscountCategory.Legal,
            _ when Says("payslip", "self-financing") => DiscountCategory.Administration,
            _ when Says("pressing", "recording", "mastering") => DiscountCategory.Production,
            _ when Says("marketing", "printing") => DiscountCategory.Promotion,
            _ when Says("hall", "studio", "work space") => DiscountCategory.Space,
            _ when Says("pass") => DiscountCategory.Pass,
            _ when Says("coaching", "score") => DiscountCategory.Advice,
            _ when Says("shop", "restaurant", "concierge") => DiscountCategory.Neighbourhood,
            _ => DiscountCategory.Other,
        };

        bool Says(params string[] words) => words.Any(w => offer.Contains(w, StringComparison.OrdinalIgnoreCase));
    }

    [GeneratedRegex(@"^((?<year>\d{1,3}) per year|every (?<months>\d{1,2}) months|(?<month>\d{1,2}) events? per month)\b", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex Rhythm();

    [GeneratedRegex(@"^/lines/(?<line>\d{1,4})/", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex Place();

    [GeneratedRegex(@"\b(?<from>20\d\d) to (?<to>20\d\d)\b", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex Years();

    /// <summary>Of a service only what is promised; the rest is Coaching's.</summary>
    internal sealed record ServiceItem(string Code, string Label, int? YearlyTarget = null)
    {
        [JsonExtensionData]
        public Dictionary<string, JsonElement>? Rest { get; init; }
    }

    /// <summary>Of a programme only how often it meets; the rest is Events'.</summary>
    internal sealed record ProgrammeItem(string Code, string Label, string? Rhythm = null, string? SupportedBy = null)
    {
        [JsonExtensionData]
        public Dictionary<string, JsonElement>? Rest { get; init; }
    }
}
