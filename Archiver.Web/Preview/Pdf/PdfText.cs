using Archiver.Web.Shell.Display;
using static Archiver.Web.Preview.PreviewWords;

namespace Archiver.Web.Preview.Pdf;

/// <summary>What there is to say of a document, in the viewer's language. Documents are kept for all viewers, and words are not.</summary>
internal static class PdfText
{
    /// <summary>A part in a word or two.</summary>
    public static string Of(PdfPart part) => part switch
    {
        PdfPart.JavaScript => L["JavaScript"],
        PdfPart.Form => L["a form"],
        PdfPart.Actions => L["actions"],
        PdfPart.XfaForm => L["an XFA form"],
        PdfPart.OpeningAction => L["an action on opening"],
        PdfPart.EmbeddedFiles => L["embedded files"],
        PdfPart.Links => L["links"],
        PdfPart.Media => L["media"],
        _ => part.ToString(),
    };

    /// <summary>Why a document is not shown, in a sentence or two.</summary>
    public static string Of(PdfProblem problem) => L["{0} It is not shown here, since it can't be disarmed; download it to look at it.", Reason(problem)];

    private static string Reason(PdfProblem problem) => problem switch
    {
        PdfProblem.Encrypted => L["It is encrypted, and opens with a password only."],
        PdfProblem.Broken => L["It is broken, or made in a way that can't be read here."],
        PdfProblem.NoPages => L["It has no pages that can be read."],
        PdfProblem.TooManyPages => L["It has more pages than are shown."],
        PdfProblem.TooLarge => L["Documents are shown up to {0}.", FileSize.Text(PdfPreviews.Largest)],
        PdfProblem.TooMuch => L["Reading it takes more than it may."],
        PdfProblem.TooLong => L["Reading it takes longer than it may."],
        PdfProblem.NotStarted => L["What would read it can't be started; the log says why."],
        _ => problem.ToString(),
    };
}
