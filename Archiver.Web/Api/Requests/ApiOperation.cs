namespace Archiver.Web.Api.Requests;

/// <summary>Where a parameter is.</summary>
internal enum ParameterPlace
{
    /// <summary>In the path.</summary>
    Path,

    /// <summary>In the query.</summary>
    Query,
}

/// <summary>A parameter of an operation.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it is.</param>
/// <param name="Place">Where it is.</param>
internal sealed record ApiParameter(string Name, string Description, ParameterPlace Place = ParameterPlace.Query)
{
    /// <summary>The words that it can be; nothing where it is no choice.</summary>
    public IReadOnlyList<string>? Choice { get; init; }

    /// <summary>The whole numbers that it can be; nothing where it is none.</summary>
    public (int Least, int Most)? Range { get; init; }

    /// <summary>What it is where it is not given.</summary>
    public string? Default { get; init; }

    /// <summary>The most characters that it has.</summary>
    public int Longest { get; init; } = 200;

    /// <summary>Whether it has to be given.</summary>
    public bool IsRequired { get; init; }
}

/// <summary>What the API says of one of its operations: the document is made of it, and what it does not name is refused.</summary>
/// <param name="Id">The operation's name for programs.</param>
/// <param name="Summary">What it does.</param>
/// <param name="Tag">What it belongs to.</param>
internal sealed record ApiOperation(string Id, string Summary, string Tag)
{
    /// <summary>What is worth knowing beside the summary.</summary>
    public string? Description { get; init; }

    /// <summary>Its parameters.</summary>
    public IReadOnlyList<ApiParameter> Parameters { get; init; } = [];

    /// <summary>What its body is; nothing where it takes none.</summary>
    public Type? Body { get; init; }

    /// <summary>A body that it takes, as JSON.</summary>
    public string? BodyExample { get; init; }

    /// <summary>What it answers with where all is well.</summary>
    public required Type Answer { get; init; }

    /// <summary>The status of that.</summary>
    public int Status { get; init; } = StatusCodes.Status200OK;

    /// <summary>Other statuses that it can have with the same answer.</summary>
    public IReadOnlyList<int> Others { get; init; } = [];

    /// <summary>The problems that it can answer with, beside those that all can.</summary>
    public IReadOnlyList<Answers.ApiProblem> Problems { get; init; } = [];
}
