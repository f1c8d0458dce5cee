using Archiver.Web.Preview.Files;
using Microsoft.AspNetCore.Http.HttpResults;
using static Archiver.Web.Preview.PreviewWords;

namespace Archiver.Web.Preview.Endpoints;

/// <summary>Why a file is not sent, as an answer.</summary>
internal static class FileProblems
{
    /// <summary>There is no such approval or result, or it has no file.</summary>
    public static ProblemHttpResult Unknown() => TypedResults.Problem(L["There is no such file."], statusCode: StatusCodes.Status404NotFound);

    /// <summary>It can't be had.</summary>
    public static ProblemHttpResult Of(FileOpening.Absent absent) => TypedResults.Problem(
        FileAbsenceText.Sentence(absent), title: FileAbsenceText.Title(absent.Reason), statusCode: absent.Reason switch
        {
            FileAbsence.Gone => StatusCodes.Status410Gone,
            FileAbsence.Changed => StatusCodes.Status409Conflict,
            FileAbsence.NoSuchRange => StatusCodes.Status416RangeNotSatisfiable,
            _ => StatusCodes.Status404NotFound,
        });

    /// <summary>It is there, and not shown in this way.</summary>
    public static ProblemHttpResult NotShown(string reason) => TypedResults.Problem(reason, statusCode: StatusCodes.Status415UnsupportedMediaType);
}
