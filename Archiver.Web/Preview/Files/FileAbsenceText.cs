using static Archiver.Web.Preview.PreviewWords;

namespace Archiver.Web.Preview.Files;

/// <summary>Why a file can't be looked at, in words.</summary>
internal static class FileAbsenceText
{
    /// <summary>A title of a few words.</summary>
    public static string Title(FileAbsence reason) => reason switch
    {
        FileAbsence.Foreign => L["The file is somewhere else"],
        FileAbsence.Gone => L["The file is gone"],
        FileAbsence.Changed => L["The file has changed"],
        FileAbsence.Refused => L["The file is not given out"],
        FileAbsence.NoSuchRange => L["There is no such part"],
        _ => reason.ToString(),
    };

    /// <summary>A sentence or two.</summary>
    public static string Sentence(FileOpening.Absent absent) => absent.Reason switch
    {
        FileAbsence.Foreign => L["It lies in a bucket that is none of this dashboard's, which shows no file of others."],
        FileAbsence.Gone => L["This version of it is no longer in its place: it was moved or removed since."],
        FileAbsence.Changed => L["Other content is in its place now. What was there before can't be shown any more, and what is there now is not what this is about."],
        FileAbsence.Refused => L["S3 does not give it to the dashboard: {0}", absent.Detail],
        FileAbsence.NoSuchRange => L["The file is shorter than the part that was asked for."],
        _ => absent.Reason.ToString(),
    };
}
