using System.Globalization;
using Mila.BuildingBlocks.Pdf;
using PdfSharp;
using PdfSharp.Drawing;
using PdfSharp.Pdf;
using PdfSharp.UniversalAccessibility;

namespace Mila.Partners.FundingReports;

/// <summary>
/// Pages of A4 that fill from above, tagged as they are drawn (PDF/UA): headings, paragraphs, lists, tables with their header cells, figures with their words. Lines and grounds are
/// artifacts, which no reader reads out.
/// </summary>
internal sealed class PdfSheet : IDisposable
{
    private const double Margin = 48;
    private const double Leading = 1.35;
    private static readonly XSolidBrush Ink = new(XColor.FromArgb(0x16, 0x20, 0x3a));
    private static readonly XSolidBrush Quiet = new(XColor.FromArgb(0x4a, 0x56, 0x72));
    private static readonly XSolidBrush Strong = new(XColor.FromArgb(0x16, 0x33, 0x7f));
    private static readonly XSolidBrush Stripe = new(XColor.FromArgb(0x4f, 0x8c, 0xff));
    private static readonly XSolidBrush Raised = new(XColor.FromArgb(0xf3, 0xf6, 0xfc));
    private static readonly XPen Line = new(XColor.FromArgb(0xc9, 0xd3, 0xe8), 0.75);
    private static readonly XPen Edge = new(XColor.FromArgb(0x6b, 0x78, 0x96), 0.75);

    private readonly PdfDocument _document = new();
    private readonly StructureBuilder _structure;
    private readonly XFont _text = PdfFonts.Font(9.5);
    private readonly XFont _bold = PdfFonts.Font(9.5, bold: true);
    private readonly XFont _small = PdfFonts.Font(8);
    private XGraphics _page = null!;
    private double _y;

    /// <param name="title">Of the document, shown instead of the file's name.</param>
    /// <param name="language">That it is read out in.</param>
    /// <param name="at">When it was made.</param>
    public PdfSheet(string title, string language, DateTimeOffset at)
    {
        _structure = UAManager.ForDocument(_document).StructureBuilder;
        (_document.Info.Title, _document.Info.Author, _document.Info.Creator, _document.Info.CreationDate) = (title, "MILA", "Mila", at.UtcDateTime);
        (_document.Language, _document.ViewerPreferences.DisplayDocTitle, _document.PageLayout) = (language, true, PdfPageLayout.SinglePage);
        Turn();
    }

    private double Width => _page.PageSize.Width - 2 * Margin;

    private double Bottom => _page.PageSize.Height - Margin - 20;

    public void Heading(int level, string text)
    {
        var font = PdfFonts.Font(level switch { 1 => 20, 2 => 14, _ => 11 }, bold: true);
        if (level > 1) _y += level == 2 ? 16 : 8;
        // A heading stays with what follows it.
        Room(font.Size * Leading + 60);
        if (level == 2) Artifact(() => _page.DrawRectangle(Stripe, Margin, _y - 4, 36, 2.5));
        _structure.BeginElement(level switch { 1 => PdfBlockLevelElementTag.Heading1, 2 => PdfBlockLevelElementTag.Heading2, _ => PdfBlockLevelElementTag.Heading3 });
        Write(text, font, Strong, Margin, Width);
        _structure.End();
        _y += 4;
    }

    public void Paragraph(string text, bool quiet = false)
    {
        Room(LinesOf(text, _text, Width).Count * _text.Size * Leading);
        _structure.BeginElement(PdfBlockLevelElementTag.Paragraph);
        Write(text, _text, quiet ? Quiet : Ink, Margin, Width);
        _structure.End();
        _y += 4;
    }

    /// <summary>Words at the left, their figures beside them.</summary>
    public void Facts(IReadOnlyList<(string Word, string Figure)> facts) => Table(null, [.. facts.Select(f => (IReadOnlyList<string>)[f.Word, f.Figure])], [0.5, 0.5], numbersFrom: int.MaxValue);

    public void Bullets(IReadOnlyList<string> items)
    {
        _structure.BeginElement(PdfBlockLevelElementTag.List);
        foreach (var item in items)
        {
            Room(LinesOf(item, _text, Width - 12).Count * _text.Size * Leading);
            _structure.BeginElement(PdfBlockLevelElementTag.ListItem);
            _structure.BeginElement(PdfBlockLevelElementTag.Label);
            _page.DrawString("•", _text, Ink, Margin, _y + _text.Size);
            _structure.End();
            _structure.BeginElement(PdfBlockLevelElementTag.ListBody);
            Write(item, _text, Ink, Margin + 12, Width - 12);
            _structure.End();
            _structure.End();
        }

        _structure.End();
        _y += 6;
    }

    /// <param name="columns">Their headings; null for pairs of a word and its figure.</param>
    /// <param name="rows">Cells; the first of each names its row.</param>
    /// <param name="widths">Shares of the width.</param>
    /// <param name="numbersFrom">The first column of numbers, which stand at its right.</param>
    public void Table(IReadOnlyList<string>? columns, IReadOnlyList<IReadOnlyList<string>> rows, IReadOnlyList<double> widths, int numbersFrom)
    {
        if (rows.Count == 0) return;

        Room(3 * _text.Size * Leading + 12);
        _structure.BeginElement(PdfBlockLevelElementTag.Table);
        if (columns is not null) Row(columns, widths, numbersFrom, isHeader: true);
        foreach (var row in rows)
        {
            if (_y + HeightOf(row, widths) > Bottom)
            {
                // A table that goes on says its headings again.
                _structure.End();
                Turn();
                _structure.BeginElement(PdfBlockLevelElementTag.Table);
                if (columns is not null) Row(columns, widths, numbersFrom, isHeader: true);
            }

            Row(row, widths, numbersFrom, isHeader: false);
        }

        _structure.End();
        _y += 8;
    }

    /// <summary>A bar under its words: parts of a whole, from the left.</summary>
    public void Bar(string label, string progress, params IReadOnlyList<double> parts)
    {
        const double height = 9;
        // The words at the right take what they need, up to half; those at the left are broken beside them.
        var right = Math.Min(Width / 2, _page.MeasureString(progress, _bold).Width + 1);
        var left = Width - right - 12;
        var top = Math.Max(LinesOf(label, _text, left).Count, LinesOf(progress, _bold, right).Count) * _text.Size * Leading;
        Room(top + height + 8);
        var above = _y;
        _structure.BeginElement(PdfBlockLevelElementTag.Paragraph);
        Write(label, _text, Ink, Margin, left);
        _y = above;
        Write(progress, _bold, Ink, Margin + Width - right, right, right: true);
        _structure.End();
        _y = above + top + 2;

        _structure.BeginElement(PdfIllustrationElementTag.Figure, $"{label}, {progress}", new XRect(Margin, _y, Width, height));
        _page.DrawRectangle(Raised, Margin, _y, Width, height);
        var x = Margin;
        for (var i = 0; i < parts.Count; i++)
        {
            var wide = Math.Min(parts[i] * Width, Margin + Width - x);
            if (wide > 0) _page.DrawRectangle(i == 0 ? Strong : Stripe, x, _y, wide, height);
            x += Math.Max(0, wide);
        }

        _page.DrawRectangle(Edge, Margin, _y, Width, height);
        _structure.End();
        _y += height + 6;
    }

    public byte[] Save()
    {
        using var bytes = new MemoryStream();
        _document.Save(bytes, closeStream: false);
        return bytes.ToArray();
    }

    public void Dispose() => _document.Dispose();

    private void Turn()
    {
        var page = _document.AddPage();
        page.Size = PageSize.A4;
        _page = XGraphics.FromPdfPage(page);
        _y = Margin;
        var number = $"{_document.Info.Title}  ·  {_document.PageCount}";
        Artifact(() =>
        {
            _page.DrawLine(Line, Margin, _page.PageSize.Height - Margin - 8, Margin + Width, _page.PageSize.Height - Margin - 8);
            _page.DrawString(number, _small, Quiet, new XRect(Margin, _page.PageSize.Height - Margin - 4, Width, 12), XStringFormats.TopRight);
        });
    }

    private void Room(double height)
    {
        if (_y + height > Bottom) Turn();
    }

    private void Row(IReadOnlyList<string> cells, IReadOnlyList<double> widths, int numbersFrom, bool isHeader)
    {
        var (height, top, x) = (HeightOf(cells, widths), _y, Margin);
        if (isHeader) Artifact(() => _page.DrawRectangle(Raised, Margin, top, Width, height));
        _structure.BeginElement(PdfBlockLevelElementTag.TableRow);
        for (var i = 0; i < cells.Count; i++)
        {
            _y = top + 3;
            _structure.BeginElement(isHeader || i == 0 ? PdfBlockLevelElementTag.TableHeaderCell : PdfBlockLevelElementTag.TableDataCell);
            Write(cells[i], isHeader ? _bold : _text, Ink, x + 4, widths[i] * Width - 8, right: i >= numbersFrom);
            _structure.End();
            x += widths[i] * Width;
        }

        _structure.End();
        _y = top + height;
        Artifact(() => _page.DrawLine(isHeader ? Edge : Line, Margin, top + height, Margin + Width, top + height));
    }

    private double HeightOf(IReadOnlyList<string> cells, IReadOnlyList<double> widths) => cells.Select((c, i) => LinesOf(c, _bold, widths[i] * Width - 8).Count).Max() * _text.Size * Leading + 6;

    private void Write(string text, XFont font, XBrush brush, double x, double width, bool right = false)
    {
        foreach (var line in LinesOf(text, font, width))
        {
            _page.DrawString(line, font, brush, new XRect(x, _y, width, font.Size * Leading), right ? XStringFormats.TopRight : XStringFormats.TopLeft);
            _y += font.Size * Leading;
        }
    }

    /// <summary>Lines are broken at spaces; a word that is wider than a line is broken wherever that is full, with a hyphen between letters.</summary>
    private List<string> LinesOf(string text, XFont font, double width)
    {
        var (lines, line) = (new List<string>(), "");
        foreach (var word in text.Split(' ').SelectMany(w => PiecesOf(w, font, width)))
        {
            var longer = line.Length == 0 ? word : $"{line} {word}";
            if (line.Length > 0 && _page.MeasureString(longer, font).Width > width)
            {
                lines.Add(line);
                line = word;
            }
            else
            {
                line = longer;
            }
        }

        lines.Add(line);
        return lines;
    }

    private IEnumerable<string> PiecesOf(string word, XFont font, double width)
    {
        while (_page.MeasureString(word, font).Width > width)
        {
            // What a reader sees as one character stays one.
            var ends = StringInfo.ParseCombiningCharacters(word).Skip(1).ToArray();
            if (ends.Length == 0) break;

            var fits = 1;
            while (fits < ends.Length && _page.MeasureString(Piece(word, ends[fits]), font).Width <= width) fits++;
            yield return Piece(word, ends[fits - 1]);
            word = word[ends[fits - 1]..];
        }

        yield return word;

        static string Piece(string word, int end) => char.IsLetter(word[end - 1]) && char.IsLetter(word[end]) ? word[..end] + "-" : word[..end];
    }

    private void Artifact(Action draw)
    {
        _structure.BeginArtifact();
        draw();
        _structure.End();
    }
}
