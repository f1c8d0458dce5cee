using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Archiver.Web.Api.Requests;
using Archiver.Web.Approvals.Decisions;

namespace Archiver.Web.Api.Resources;

/// <summary>What a program decides on an approval.</summary>
internal sealed record DecisionRequest
{
    /// <summary>The decision.</summary>
    [Required, Description("Whether it is approved.")]
    public required bool Approved { get; init; }

    /// <summary>Why.</summary>
    [Description("Why; required for a denial."), MaxLength(ApprovalDecisions.LongestComment)]
    public string? Comment { get; init; }

    /// <summary>What the caller saw.</summary>
    [Required, Description("The version of the approval that the caller saw."), Range(0, long.MaxValue)]
    public required long Version { get; init; }

    /// <summary>Reads one.</summary>
    public static DecisionRequest Read(BodyReader body)
    {
        DecisionRequest request = new()
        {
            Approved = body.Flag("approved", isRequired: true) ?? false,
            Comment = body.Text("comment", ApprovalDecisions.LongestComment),
            Version = body.Number("version", 0, long.MaxValue, isRequired: true) ?? 0,
        };
        if (body.IsSound("approved") && !request.Approved && string.IsNullOrWhiteSpace(request.Comment)) body.Error("comment", "is missing: a denial takes a reason");
        return request;
    }
}

/// <summary>One decision of a bulk request.</summary>
internal sealed record DecisionItemRequest
{
    /// <summary>On what.</summary>
    [Required, Description("The approval's id."), MaxLength(100)]
    public required string Id { get; init; }

    /// <summary>The decision.</summary>
    [Required, Description("Whether it is approved.")]
    public required bool Approved { get; init; }

    /// <summary>Why.</summary>
    [Description("Why; required for a denial."), MaxLength(ApprovalDecisions.LongestComment)]
    public string? Comment { get; init; }

    /// <summary>What the caller saw.</summary>
    [Required, Description("The version of the approval that the caller saw."), Range(0, long.MaxValue)]
    public required long Version { get; init; }
}

/// <summary>Decisions on several approvals.</summary>
internal sealed record DecisionsRequest
{
    /// <summary>How many there can be.</summary>
    public const int Most = 100;

    /// <summary>The decisions.</summary>
    [Required, Description("One for each approval."), MinLength(1), MaxLength(Most)]
    public required IReadOnlyList<DecisionItemRequest> Items { get; init; }

    /// <summary>Reads them.</summary>
    public static IReadOnlyList<(string Id, DecisionRequest Decision)> Read(BodyReader body)
    {
        List<(string, DecisionRequest)> items = [];
        HashSet<string> ids = [];
        foreach (BodyReader item in body.List("items", Most))
        {
            string? id = item.Text("id", 100, isRequired: true);
            if (id is not null && !ids.Add(id)) item.Error("id", "comes more than once");
            items.Add((id ?? "", DecisionRequest.Read(item)));
            item.End();
        }
        body.End();
        return items;
    }
}
