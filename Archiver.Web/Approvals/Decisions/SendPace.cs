using Archiver.Web.Cloud;
using Microsoft.Extensions.Options;

namespace Archiver.Web.Approvals.Decisions;

/// <summary>
/// The pace of <c>SendTaskSuccess</c>, of which an account has 500 a second and 3,000 at once in the large regions, 300 and 1,500
/// elsewhere. What is saved up is five seconds' worth, as there.
/// </summary>
internal sealed class SendPace(IOptions<ApprovalsOptions> options, TimeProvider time)
    : CallPace(options.Value.SendsPerSecond, 5 * options.Value.SendsPerSecond, 0, time);
