namespace Archiver.Web.Tests.Faults;

/// <summary>Tests that keep the machine busy, or whose clocks run fast: nothing runs beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneCollection
{
    /// <summary>The collection's name.</summary>
    public const string Name = "Alone";
}
