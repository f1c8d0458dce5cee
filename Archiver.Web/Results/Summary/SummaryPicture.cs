namespace Archiver.Web.Results.Summary;

/// <summary>What is known of the days that a view asks for, at one moment.</summary>
/// <param name="Cubes">The results of the days that are read.</param>
/// <param name="Read">How many days are read.</param>
/// <param name="Wanted">How many are asked for.</param>
/// <param name="IsCut">Whether no more days are read, because there are more results than are kept.</param>
/// <param name="Problem">Why no more can be read now.</param>
internal sealed record SummaryPicture(IReadOnlyList<DayCube> Cubes, int Read, int Wanted, bool IsCut, Exception? Problem)
{
    /// <summary>Whether days are still to be read.</summary>
    public bool IsUnderWay => Read < Wanted && !IsCut;
}
