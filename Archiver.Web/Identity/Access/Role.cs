namespace Archiver.Web.Identity.Access;

/// <summary>What a person is here for. Whoever has none of these sees nothing.</summary>
public enum Role
{
    /// <summary>Reads.</summary>
    Viewer,

    /// <summary>Decides on approvals; reads.</summary>
    Reviewer,

    /// <summary>Starts, stops and redrives runs, clears results, mends what is stuck; reads.</summary>
    Operator,
}
