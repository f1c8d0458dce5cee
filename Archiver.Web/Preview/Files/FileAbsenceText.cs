namespace Archiver.Web.Preview.Files;

/// <summary>Why a file can't be looked at, in words.</summary>
internal static class FileAbsenceText
{
    /// <summary>A title of a few words.</summary>
    public static string Title(FileAbsence reason) => reason switch
    {
        FileAbsence.Foreign => "The file is somewhere else",
        FileAbsence.Gone => "The file is gone",
        FileAbsence.Changed => "The file has changed",
        FileAbsence.Refused => "The file is not given out",
        FileAbsence.NoSuchRange => "There is no such part",
        _ => reason.ToString(),
    };

    /// <summary>A sentence or two.</summary>
    public static string Sentence(FileOpening.Absent absent) => absent.Reason switch
    {
        FileAbsence.Foreign => "It lies in a bucket that is none of this dashboard's, which shows no file of others.",
        FileAbsence.Gone => "This version of it is no longer in its place: it was moved or removed since.",
        FileAbsence.Changed => "Other content is in its place now. What was there before can't be shown any more, and what is there now is not what this is about.",
        FileAbsence.Refused => $"S3 does not give it to the dashboard: {absent.Detail}",
        FileAbsence.NoSuchRange => "The file is shorter than the part that was asked for.",
        _ => absent.Reason.ToString(),
    };
}
