namespace Archiver.Web.Results.Columns;

/// <summary>The columns of the grid. Their names are kept in browsers: they stay as they are.</summary>
public enum GridColumn
{
    /// <summary>When.</summary>
    Time,

    /// <summary>Which file; always there, since it names the row.</summary>
    File,

    /// <summary>What was done.</summary>
    Action,

    /// <summary>The archive flag.</summary>
    Archive,

    /// <summary>The quality.</summary>
    Quality,

    /// <summary>What part a person had.</summary>
    Human,

    /// <summary>How long their decision took; hidden by default.</summary>
    DecidedIn,

    /// <summary>Why.</summary>
    Comment,

    /// <summary>The size.</summary>
    Size,

    /// <summary>Where the row leads.</summary>
    Links,
}
