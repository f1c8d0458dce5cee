using System.Text;

namespace Archiver.Web.Shell.Welcome;

/// <summary>A small file to try Archiver out with: a letter of one page, as PDF.</summary>
internal static class SampleFile
{
    /// <summary>Its name.</summary>
    public const string Name = "Sample letter.pdf";

    /// <summary>Its type.</summary>
    public const string ContentType = "application/pdf";

    private const int LineHeight = 22;

    // In the encoding that a standard font has without further ado: ASCII.
    private static readonly string[] Lines =
    [
        "Dear reader,",
        "",
        "this is a file to try Archiver out with. A run has read its metadata,",
        "and waits for your word: approve it, and it is archived; deny it,",
        "and say why.",
        "",
        "Either way the run goes on at once, and its result is recorded.",
    ];

    /// <summary>Its bytes.</summary>
    public static byte[] Create()
    {
        StringBuilder text = new($"BT /F1 20 Tf 72 740 Td (Archiver) Tj /F1 12 Tf 0 -{2 * LineHeight} Td {LineHeight} TL\n");
        foreach (string line in Lines) text.Append('(').Append(line.Replace("(", "\\(", StringComparison.Ordinal).Replace(")", "\\)", StringComparison.Ordinal)).Append(") Tj T*\n");
        text.Append("ET");
        string[] objects =
        [
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
            FormattableString.Invariant($"<< /Length {text.Length} >>\nstream\n{text}\nendstream"),
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        ];

        StringBuilder file = new("%PDF-1.4\n");
        List<int> places = [];
        foreach ((int index, string content) in objects.Index())
        {
            places.Add(file.Length);
            file.Append(FormattableString.Invariant($"{index + 1} 0 obj\n{content}\nendobj\n"));
        }
        int table = file.Length;
        file.Append(FormattableString.Invariant($"xref\n0 {objects.Length + 1}\n0000000000 65535 f \n"));
        foreach (int place in places) file.Append(FormattableString.Invariant($"{place:D10} 00000 n \n"));
        file.Append(FormattableString.Invariant($"trailer\n<< /Size {objects.Length + 1} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n"));
        return Encoding.ASCII.GetBytes(file.ToString());
    }
}
