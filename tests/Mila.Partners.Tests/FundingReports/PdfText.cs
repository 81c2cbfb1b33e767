using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using PdfSharp.Pdf;
using PdfSharp.Pdf.Content;
using PdfSharp.Pdf.Content.Objects;
using PdfSharp.Pdf.IO;

namespace Mila.Partners.Tests.FundingReports;

/// <summary>The text of a PDF as a reader copies it: glyphs are turned into letters by the maps that the document itself carries.</summary>
internal static partial class PdfText
{
    public static string Of(byte[] bytes)
    {
        using var stream = new MemoryStream(bytes);
        using var document = PdfReader.Open(stream, PdfDocumentOpenMode.Import);
        var text = new StringBuilder();
        foreach (var page in document.Pages)
        {
            var fonts = page.Elements.GetDictionary("/Resources")!.Elements.GetDictionary("/Font")!;
            Dictionary<int, string>? letters = null;
            foreach (var instruction in ContentReader.ReadContent(page).OfType<COperator>())
            {
                if (instruction.OpCode.OpCodeName is OpCodeName.Tf) letters = LettersOf(fonts.Elements.GetDictionary(((CName)instruction.Operands[0]).Name)!);
                if (instruction.OpCode.OpCodeName is not (OpCodeName.Tj or OpCodeName.TJ)) continue;

                foreach (var piece in Strings(instruction.Operands)) text.Append(Read(piece, letters!));
                text.Append('\n');
            }
        }

        return text.ToString();
    }

    /// <summary>Each piece of text with the place where it begins, in points from the lower left, and the font that draws it.</summary>
    public static IReadOnlyList<PdfPiece> Pieces(byte[] bytes)
    {
        using var stream = new MemoryStream(bytes);
        using var document = PdfReader.Open(stream, PdfDocumentOpenMode.Import);
        var pieces = new List<PdfPiece>();
        for (var number = 0; number < document.PageCount; number++)
        {
            var page = document.Pages[number];
            var fonts = page.Elements.GetDictionary("/Resources")!.Elements.GetDictionary("/Font")!;
            var (letters, size, bold, x, y) = (new Dictionary<int, string>(), 0d, false, 0d, 0d);
            foreach (var instruction in ContentReader.ReadContent(page).OfType<COperator>())
            {
                switch (instruction.OpCode.OpCodeName)
                {
                    case OpCodeName.BT:
                        (x, y) = (0, 0);
                        break;
                    case OpCodeName.Tf:
                        var font = fonts.Elements.GetDictionary(((CName)instruction.Operands[0]).Name)!;
                        (letters, size, bold) = (LettersOf(font), Number(instruction.Operands[1]), font.Elements.GetName("/BaseFont").Contains("Bold", StringComparison.Ordinal));
                        break;
                    case OpCodeName.Td:
                        (x, y) = (x + Number(instruction.Operands[0]), y + Number(instruction.Operands[1]));
                        break;
                    case OpCodeName.Tj or OpCodeName.TJ:
                        pieces.Add(new PdfPiece(number, x, y, size, bold, string.Concat(Strings(instruction.Operands).Select(p => Read(p, letters)))));
                        break;
                }
            }
        }

        return pieces;
    }

    private static double Number(CObject operand) => operand is CInteger whole ? whole.Value : ((CReal)operand).Value;

    private static IEnumerable<string> Strings(CSequence operands) =>
        operands.SelectMany(o => o switch { CString s => [s.Value], CArray array => Strings(array), _ => Array.Empty<string>() });

    private static string Read(string glyphs, Dictionary<int, string> letters)
    {
        var text = new StringBuilder();
        for (var i = 0; i + 1 < glyphs.Length; i += 2) text.Append(letters.GetValueOrDefault(glyphs[i] << 8 | glyphs[i + 1], "?"));
        return text.ToString();
    }

    private static Dictionary<int, string> LettersOf(PdfDictionary font)
    {
        var map = font.Elements.GetDictionary("/ToUnicode")!.Stream!.UnfilteredValue;
        var letters = new Dictionary<int, string>();
        foreach (Match range in Range().Matches(Encoding.ASCII.GetString(map)))
        {
            var (first, last, letter) = (Hex(range, "first"), Hex(range, "last"), Hex(range, "letter"));
            for (var glyph = first; glyph <= last; glyph++) letters[glyph] = char.ConvertFromUtf32(letter + glyph - first);
        }

        return letters;
    }

    private static int Hex(Match match, string group) => int.Parse(match.Groups[group].ValueSpan, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    [GeneratedRegex("<(?<first>[0-9A-Fa-f]{4})>\\s*<(?<last>[0-9A-Fa-f]{4})>\\s*<(?<letter>[0-9A-Fa-f]{4})>", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Range();
}

/// <summary>A piece of text on a page.</summary>
internal sealed record PdfPiece(int Page, double X, double Y, double Size, bool Bold, string Text);
