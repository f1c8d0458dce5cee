namespace Archiver.Web.Identity.Access;

/// <summary>
/// Everything that a person can do here. Each has a row in <see cref="AccessRules"/>; a page, an endpoint or a service that does
/// something names the one that it does.
/// </summary>
public enum Operation
{
    /// <summary>Sees approvals, their records, and what became of them.</summary>
    ReadApprovals,

    /// <summary>Approves or denies.</summary>
    Decide,

    /// <summary>Takes an own decision back.</summary>
    UndoDecision,

    /// <summary>Says "I am on it", and lets go of it again.</summary>
    ClaimApproval,

    /// <summary>Gives somebody's claim to somebody else, or to nobody.</summary>
    ReassignApproval,

    /// <summary>Downloads an approval with its record.</summary>
    ExportApproval,

    /// <summary>Looks at the file that an approval or a result is about.</summary>
    PreviewFile,

    /// <summary>Downloads such a file.</summary>
    DownloadFile,

    /// <summary>Sends messages back from the dead letters.</summary>
    SendBackDeadLetters,

    /// <summary>Sees runs.</summary>
    ReadRuns,

    /// <summary>Stores files in the inbox bucket.</summary>
    UploadFile,

    /// <summary>Starts runs.</summary>
    StartRun,

    /// <summary>Stops a run.</summary>
    StopRun,

    /// <summary>Lets a failed run go on.</summary>
    RedriveRun,

    /// <summary>Sees results.</summary>
    ReadResults,

    /// <summary>Downloads results.</summary>
    ExportResults,

    /// <summary>Deletes all results.</summary>
    ClearResults,

    /// <summary>Reads the audit trail.</summary>
    ReadAudit,

    /// <summary>Downloads the audit trail.</summary>
    ExportAudit,

    /// <summary>Takes a token for programs of one's own, where no provider gives them.</summary>
    IssueApiToken,

    /// <summary>Signs in.</summary>
    SignIn,

    /// <summary>Signs out.</summary>
    SignOut,

    /// <summary>Acts as somebody else, for trying things out on one's own machine.</summary>
    ActAs,
}
