namespace Archiver.Web.Preview.Pdf;

/// <summary>What a document has that is not shown of it.</summary>
internal enum PdfPart
{
    /// <summary>Script.</summary>
    JavaScript,

    /// <summary>A form.</summary>
    Form,

    /// <summary>Actions of pages, of what is on them, or of the document.</summary>
    Actions,

    /// <summary>A form in XFA.</summary>
    XfaForm,

    /// <summary>An action that begins when the document is opened.</summary>
    OpeningAction,

    /// <summary>Files.</summary>
    EmbeddedFiles,

    /// <summary>Links.</summary>
    Links,

    /// <summary>Sound, film and the like.</summary>
    Media,
}

/// <summary>Why a document can't be shown.</summary>
internal enum PdfProblem
{
    /// <summary>It opens with a password only.</summary>
    Encrypted,

    /// <summary>It can't be read.</summary>
    Broken,

    /// <summary>It has no pages that can be read.</summary>
    NoPages,

    /// <summary>It has more pages than are shown.</summary>
    TooManyPages,

    /// <summary>It is larger than what is shown.</summary>
    TooLarge,

    /// <summary>Reading it takes more memory than it may.</summary>
    TooMuch,

    /// <summary>Reading it takes more time than it may.</summary>
    TooLong,

    /// <summary>What reads it can't be started.</summary>
    NotStarted,
}
