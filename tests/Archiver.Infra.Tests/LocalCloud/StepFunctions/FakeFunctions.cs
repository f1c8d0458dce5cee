using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using Archiver.Infra.LocalCloud.Lambda;
using Archiver.Infra.LocalCloud.Wire;

namespace Archiver.Infra.Tests.LocalCloud.StepFunctions;

/// <summary>Functions by name, as delegates, and the calls that were made.</summary>
internal sealed class FakeFunctions : ILambdaRuntime
{
    private readonly ConcurrentDictionary<string, Func<JsonNode?, Task<JsonNode?>>> _functions = new();

    public ConcurrentQueue<(string Function, JsonNode? Payload)> Calls { get; } = new();

    public FakeFunctions AddAsync(string name, Func<JsonNode?, Task<JsonNode?>> function)
    {
        _functions[name] = function;
        return this;
    }

    public FakeFunctions Add(string name, Func<JsonNode?, JsonNode?> function) => AddAsync(name, input => Task.FromResult(function(input)));

    public int Count(string function) => Calls.Count(call => call.Function == function);

    public async Task<LambdaResult> InvokeAsync(string function, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        string name = function.Split(':') is [.., "function", var last] ? last : function;
        if (!_functions.TryGetValue(name, out Func<JsonNode?, Task<JsonNode?>>? handler))
            throw new AwsError("ResourceNotFoundException", $"Function not found: {function}", 404);
        JsonNode? input = JsonNode.Parse(payload.Span);
        Calls.Enqueue((name, input));
        try
        {
            JsonNode? output = await handler(input);
            return new LambdaResult(Encoding.UTF8.GetBytes(output?.ToJsonString() ?? "null"), null);
        }
        catch (FunctionFailure failure)
        {
            return new LambdaResult(
                Encoding.UTF8.GetBytes(new JsonObject { ["errorType"] = failure.Type, ["errorMessage"] = failure.Message }.ToJsonString()), "Unhandled");
        }
    }
}

/// <summary>What a fake function throws to fail as a real one does.</summary>
internal sealed class FunctionFailure(string type, string message) : Exception(message)
{
    public string Type { get; } = type;
}
