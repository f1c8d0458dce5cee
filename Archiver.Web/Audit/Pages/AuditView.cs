using Archiver.Web.Audit.Chain;
using Archiver.Web.Identity.Access;

namespace Archiver.Web.Audit.Pages;

/// <summary>Which entries a person wants to see.</summary>
/// <param name="From">The earliest time, on the viewer's clock; nothing for any.</param>
/// <param name="Until">The time before which they all are, on the viewer's clock; nothing for any.</param>
/// <param name="Person">A part of the person's name or id; nothing for anybody.</param>
/// <param name="Operation">What was to be done; nothing for anything.</param>
/// <param name="Phase">What is told of it; nothing for anything.</param>
/// <param name="Subject">A part of what it was done to: its id, name, version or kind; nothing for anything.</param>
public sealed record AuditFilter(
    DateTime? From = null, DateTime? Until = null, string? Person = null, Operation? Operation = null, AuditPhase? Phase = null, string? Subject = null)
{
    /// <summary>Everything.</summary>
    public static readonly AuditFilter Any = new();

    /// <summary>Whether it leaves anything out.</summary>
    public bool Narrows => this != Any;

    /// <summary>Whether an entry is one of them, but for its time.</summary>
    internal bool Matches(AuditRecord record) =>
        (Operation is not { } operation || record.Operation == operation.ToString())
        && (Phase is not { } phase || record.Phase == phase.ToString())
        && (Person is not { } person || Has(record.PersonName, person) || Has(record.PersonId, person))
        && (Subject is not { } subject || Has(record.On.Id, subject) || Has(record.On.Name, subject) || Has(record.On.Version, subject) || Has(record.On.Kind, subject));

    private static bool Has(string? text, string part) => text?.Contains(part, StringComparison.OrdinalIgnoreCase) == true;
}

/// <summary>All that the address of the page says: filter and place. The newest entries come first.</summary>
/// <param name="Filter">Which entries.</param>
/// <param name="Before">Only those before this entry; nothing for the newest.</param>
/// <param name="After">Only those after this entry, and of these the first; nothing for the newest.</param>
public sealed record AuditView(AuditFilter Filter, long? Before = null, long? After = null)
{
    /// <summary>The newest entries.</summary>
    public static readonly AuditView Default = new(AuditFilter.Any);

    /// <summary>The newest entries by another filter.</summary>
    public static AuditView Filtered(AuditFilter filter) => new(filter);
}
