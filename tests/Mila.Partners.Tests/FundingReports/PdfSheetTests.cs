using Mila.BuildingBlocks.Pdf;
using Mila.Partners.FundingReports;
using PdfSharp;
using PdfSharp.Drawing;
using PdfSharp.Pdf;

namespace Mila.Partners.Tests.FundingReports;

/// <summary>Whatever is written, it stays on the paper and stands on nothing else.</summary>
public sealed class PdfSheetTests
{
    private const double Left = 48;
    private static readonly DateTimeOffset At = new(2026, 3, 9, 18, 0, 0, TimeSpan.Zero);
    private static readonly string Word = string.Concat(Enumerable.Repeat("Zusammenschlu\u00dfvereinbarung", 8));
    private static readonly string Address = "https://partner.example/" + string.Concat(Enumerable.Repeat("0123456789_", 20));
    private static readonly string Words = string.Join(' ', Enumerable.Repeat("accompagnement des structures", 9));

    [Fact]
    public void A_word_that_is_wider_than_its_line_is_broken_and_nothing_leaves_the_page()
    {
        var pieces = PiecesOf(sheet =>
        {
            foreach (var text in (string[])[Word, Address, Words])
            {
                foreach (var level in (int[])[1, 2, 3]) sheet.Heading(level, text);
                sheet.Paragraph(text);
                sheet.Bullets([text, "•"]);
                sheet.Bar(text, "12 sur 30 rendez-vous", 0.4);
                sheet.Bar("Ligne", text, 0.4, 0.2);
                sheet.Table([text, "Prévu", text], [[text, "1", "2"], ["x", text, text]], [0.4, 0.2, 0.4], numbersFrom: 1);
                sheet.Facts([(text, text)]);
            }
        });

        var page = new PdfDocument().AddPage();
        page.Size = PageSize.A4;
        using var paper = XGraphics.CreateMeasureContext(new XSize(page.Width.Point, page.Height.Point), XGraphicsUnit.Point, XPageDirection.Downwards);
        var placed = pieces.Select(p => (Piece: p, Right: p.X + paper.MeasureString(p.Text, PdfFonts.Font(p.Size, p.Bold)).Width)).ToArray();
        placed.Length.ShouldBeGreaterThan(100);
        foreach (var (piece, right) in placed)
        {
            piece.X.ShouldBeGreaterThanOrEqualTo(Left - 0.1, piece.Text);
            right.ShouldBeLessThanOrEqualTo(page.Width.Point - Left + 0.6, piece.Text);
            piece.Y.ShouldBeInRange(0, page.Height.Point, piece.Text);
        }

        foreach (var line in placed.GroupBy(p => (p.Piece.Page, Math.Round(p.Piece.Y, 1))))
        {
            var inOrder = line.OrderBy(p => p.Piece.X).ToArray();
            for (var i = 1; i < inOrder.Length; i++) inOrder[i].Piece.X.ShouldBeGreaterThanOrEqualTo(inOrder[i - 1].Right, $"{inOrder[i - 1].Piece.Text} | {inOrder[i].Piece.Text}");
        }

        // Nothing is lost: what was broken is whole again without its hyphens.
        var text = string.Concat(pieces.Select(p => p.Text)).Replace("-", "", StringComparison.Ordinal);
        text.Split(Word).Length.ShouldBeGreaterThanOrEqualTo(1 + 14, "Once for each time it was written; a table that goes on says its headings again.");
        text.ShouldContain(Address.Replace("-", "", StringComparison.Ordinal));
        pieces.Count(p => p.Text.EndsWith("_-", StringComparison.Ordinal)).ShouldBe(0, "An address is broken without a sign that is not its own.");
    }

    [Fact]
    public void Short_words_stay_as_they_were()
    {
        var pieces = PiecesOf(sheet => sheet.Bar("Diagnostic de Structuration", "12 sur 30 rendez-vous", 0.4));
        pieces.Select(p => p.Text).Where(t => t.Contains('i', StringComparison.Ordinal)).Take(2).ShouldContain("Diagnostic de Structuration");
        pieces.Select(p => p.Text).ShouldContain("12 sur 30 rendez-vous");
    }

    private static IReadOnlyList<PdfPiece> PiecesOf(Action<PdfSheet> write)
    {
        using var sheet = new PdfSheet("Bilan", "fr", At);
        write(sheet);
        return PdfText.Pieces(sheet.Save());
    }
}
