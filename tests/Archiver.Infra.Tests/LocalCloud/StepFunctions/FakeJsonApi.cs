using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Archiver.Infra.LocalCloud.Wire;

namespace Archiver.Infra.Tests.LocalCloud.StepFunctions;

/// <summary>A service that answers every operation which tests need with what a test says, and keeps the requests.</summary>
internal sealed class FakeJsonApi : JsonApi
{
    public FakeJsonApi(string serviceId) : base(serviceId, "Fake" + serviceId, "1.0", "fake")
    {
        foreach (string operation in (string[])["SendMessage", "PutItem", "GetItem", "UpdateItem", "DeleteItem"])
        {
            Operation(operation, (request, _) =>
            {
                Requests.Enqueue((operation, request));
                return Task.FromResult(Answer(operation, request));
            });
        }
    }

    public ConcurrentQueue<(string Operation, JsonObject Request)> Requests { get; } = new();

    public Func<string, JsonObject, JsonObject> Answer { get; set; } = (_, _) => [];
}
