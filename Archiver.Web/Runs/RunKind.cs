namespace Archiver.Web.Runs;

/// <summary>How a run is run.</summary>
public enum RunKind
{
    /// <summary>On the standard machine, by the file's archive flag and quality.</summary>
    Automatic,

    /// <summary>On the standard machine, and a person decides.</summary>
    WithApproval,

    /// <summary>
    /// On the express machine, for files in bulk: nobody is asked, it takes five minutes at most, and Step Functions neither lists it nor
    /// keeps its history. It may run more than once, which its actions bear.
    /// </summary>
    Express,
}
