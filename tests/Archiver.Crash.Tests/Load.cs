using System.Globalization;
using Amazon.Runtime;
using Amazon.StepFunctions.Model;
using Archiver.Web.Cloud;

namespace Archiver.Crash.Tests;

/// <summary>The runs that ask: each is started once, however often it takes to be told so.</summary>
internal sealed class Load(int count)
{
    private readonly bool[] _known = new bool[count];

    /// <summary>The names of all runs.</summary>
    public IReadOnlyList<string> Names { get; } = [.. Enumerable.Range(0, count).Select(Name)];

    /// <summary>Starts what is not known to be started of the first so many. A cloud that is killed meanwhile leaves the rest to the next call.</summary>
    public async Task StartAsync(Clients clients, CloudResources cloud, int first)
    {
        for (int i = 0; i < Math.Min(first, Names.Count); i++)
        {
            if (_known[i]) continue;
            try
            {
                await clients.StepFunctions.StartExecutionAsync(new StartExecutionRequest
                {
                    StateMachineArn = cloud.StateMachineArn,
                    Name = Names[i],
                    Input = """{"approval_needed":true,"simulate":{"archive":true,"quality":35}}""",
                });
                _known[i] = true;
            }
            catch (ExecutionAlreadyExistsException)
            {
                _known[i] = true; // an earlier call got through, and the run has ended meanwhile
            }
            catch (Exception exception) when (exception is AmazonServiceException or AmazonClientException or HttpRequestException or IOException)
            {
                return;
            }
        }
    }

    private static string Name(int index) => $"crash-{index.ToString(CultureInfo.InvariantCulture)}";
}
