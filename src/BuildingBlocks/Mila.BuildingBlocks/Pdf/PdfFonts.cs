using PdfSharp.Drawing;
using PdfSharp.Fonts;
using PdfSharp.Pdf;

namespace Mila.BuildingBlocks.Pdf;

/// <summary>The font of every PDF that we write: Open Sans (Apache-2.0), part of the program, so that a document looks the same on a machine without fonts and can be read anywhere.</summary>
public sealed class PdfFonts : IFontResolver
{
    private const string Family = "Open Sans";
    private const string RegularFace = "OpenSans-Regular.ttf";
    private const string BoldFace = "OpenSans-Bold.ttf";
    private static readonly Lock Gate = new();

    private PdfFonts()
    {
    }

    /// <summary>A font of so many points.</summary>
    public static XFont Font(double points, bool bold = false)
    {
        // The library keeps one resolver a process.
        lock (Gate) GlobalFontSettings.FontResolver ??= new PdfFonts();
        return new XFont(Family, points, bold ? XFontStyleEx.Bold : XFontStyleEx.Regular, new XPdfFontOptions(PdfFontEncoding.Unicode, PdfFontEmbedding.TryComputeSubset));
    }

    /// <inheritdoc/>
    public FontResolverInfo? ResolveTypeface(string familyName, bool bold, bool italic) => new(bold ? BoldFace : RegularFace);

    /// <inheritdoc/>
    public byte[]? GetFont(string faceName)
    {
        using var stream = typeof(PdfFonts).Assembly.GetManifestResourceStream(faceName)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
