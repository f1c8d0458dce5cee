using Archiver.Web.Cloud;

namespace Archiver.Web.Runs.Overview;

/// <summary>
/// The pace of the overview's <c>ListExecutions</c>, of which an account has 5 a second in the smallest regions, and 100 at once: the lists
/// of runs, and everything else that runs there, draw on the same.
/// </summary>
internal sealed class OverviewListPace(TimeProvider time) : CallPace(perSecond: 1, burst: 12, leftToPersons: 0, time);

/// <summary>The pace of the overview's <c>DescribeExecution</c>, of which an account has 10 a second in the smallest regions, and 250 at once.</summary>
internal sealed class OverviewDescribePace(TimeProvider time) : CallPace(perSecond: 3, burst: 50, leftToPersons: 0, time);
