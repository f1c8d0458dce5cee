using Archiver.Web.Identity.Access;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Archiver.Web.Tests.Identity;

/// <summary>Reads the dashboard's code: what changes something asks for a permit, or says here why it needs none.</summary>
public sealed class PermitScanTests
{
    private static readonly HashSet<string> Mutating =
    [
        "StartExecutionAsync", "StopExecutionAsync", "RedriveExecutionAsync", "SendTaskSuccessAsync", "SendTaskFailureAsync", "SendTaskHeartbeatAsync",
        "PutItemAsync", "UpdateItemAsync", "DeleteItemAsync", "BatchWriteItemAsync", "TransactWriteItemsAsync", "ExecuteStatementAsync",
        "SendMessageAsync", "SendMessageBatchAsync", "DeleteMessageAsync", "DeleteMessageBatchAsync", "PurgeQueueAsync", "ChangeMessageVisibilityAsync", "ChangeMessageVisibilityBatchAsync",
        "PutObjectAsync", "DeleteObjectAsync", "DeleteObjectsAsync", "CopyObjectAsync", "InitiateMultipartUploadAsync", "UploadPartAsync", "CompleteMultipartUploadAsync", "AbortMultipartUploadAsync",
    ];

    /// <summary>Every type that changes something in the cloud, and what lets it.</summary>
    private static readonly SortedDictionary<string, string> Known = new(StringComparer.Ordinal)
    {
        ["AuditStore"] = "keeps the record of what the gate lets through",
        ["DecisionDelivery"] = "works in the background: sends what was decided with a permit",
        ["ApprovalsStore"] = "is behind ApprovalDecisions, which takes a permit; and the intake's and the reconciler's, in the background",
        ["IdempotencyStore"] = "keeps the answers to requests of a key",
        ["InboxUploads"] = "takes a permit to upload",
        ["KeyRepository"] = "keeps the keys of data protection",
        ["MessageQueue"] = "works in the background: what is taken in leaves the queue",
        ["PartSender"] = "is a part of InboxUploads",
        ["PresenceRows"] = "works in the background: says who of this dashboard looks at what",
        ["ReplicaRegistry"] = "works in the background: says that this dashboard is there",
        ["ResultsClearer"] = "takes a permit to clear",
        ["RunStarter"] = "takes a permit to start",
        ["RunsClient"] = "takes a permit to stop and to redrive",
        ["SessionStore"] = "keeps who is signed in; acting as somebody takes a permit",
        ["WebhookEvents"] = "works in the background: puts what happened into the webhooks' queue",
    };

    private static readonly ModuleDefinition Module = ModuleDefinition.ReadModule(typeof(Dashboard).Assembly.Location);

    [Fact]
    public void ChangesInTheCloud_OfEveryType_AreKnown()
    {
        SortedSet<string> found = new(StringComparer.Ordinal);
        foreach (MethodDefinition method in Methods())
        {
            if (Calls(method).Any(called => Mutating.Contains(called.Name) && called.DeclaringType.FullName.StartsWith("Amazon.", StringComparison.Ordinal)))
                found.Add(Outermost(method.DeclaringType).Name);
        }

        Assert.Equal(Known.Keys, found);
    }

    // By demanding, or by handing the permit on to what does.
    [Fact]
    public void Permits_WhereverOneIsTaken_AreHeldAgainstAnOperation()
    {
        MethodDefinition[] takers = [.. Methods().Where(method => !method.IsConstructor && method.Parameters.Any(parameter => parameter.ParameterType.FullName == typeof(Permit).FullName))];

        Assert.True(takers.Length > 10, $"{takers.Length} methods take a permit");
        Assert.Empty(takers.Where(method => !method.IsAbstract && !Uses(method)).Select(method => method.FullName));
    }

    private static bool Uses(MethodDefinition method) => Bodies(method).SelectMany(Calls).Any(called =>
        (called.Name == nameof(Permit.Demand) && called.DeclaringType.FullName == typeof(Permit).FullName)
        || called.Parameters.Any(parameter => parameter.ParameterType.FullName == typeof(Permit).FullName && called.Name != ".ctor")
        || (called.Name == "Invoke" && called.DeclaringType is GenericInstanceType function && function.GenericArguments[0].FullName == typeof(Permit).FullName));

    // An async method's code is in a type that the compiler made of it, and a lambda's in a method: both have its name in theirs.
    private static IEnumerable<MethodDefinition> Bodies(MethodDefinition method) => Within(Outermost(method.DeclaringType)).SelectMany(type => type.Methods)
        .Where(one => one == method || IsMadeOf(one.Name, method.Name) || IsMadeOf(one.DeclaringType.Name, method.Name));

    private static bool IsMadeOf(string made, string name) => made.StartsWith($"<{name}>", StringComparison.Ordinal) || made.StartsWith($"<<{name}>", StringComparison.Ordinal);

    private static IEnumerable<TypeDefinition> Within(TypeDefinition type) => type.NestedTypes.SelectMany(Within).Prepend(type);

    private static IEnumerable<MethodReference> Calls(MethodDefinition method) => !method.HasBody
        ? []
        : method.Body.Instructions.Where(instruction => instruction.OpCode.Code is Code.Call or Code.Callvirt or Code.Ldftn or Code.Newobj).Select(instruction => instruction.Operand).OfType<MethodReference>();

    private static IEnumerable<MethodDefinition> Methods() => Module.GetTypes().SelectMany(type => type.Methods);

    private static TypeDefinition Outermost(TypeDefinition type) => type.DeclaringType is { } outer ? Outermost(outer) : type;
}
