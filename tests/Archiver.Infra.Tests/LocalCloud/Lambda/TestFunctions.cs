using System.Text;
using System.Text.Json.Nodes;
using Archiver.Infra.LocalCloud.Stack;
using Archiver.Lambdas.Functions;
using Microsoft.Extensions.DependencyInjection;

namespace Archiver.Infra.Tests.LocalCloud.Lambda;

/// <summary>The test's own functions, by the names that a template would give them.</summary>
internal static class TestFunctions
{
    public static string Handler(Type type, string method = "HandleAsync") => $"{type.Assembly.GetName().Name}::{type.FullName}::{method}";

    public static TemplateResource Resource(string logicalId, JsonObject properties) =>
        new(logicalId, "AWS::Serverless::Function", properties, "template.yaml(7,3)");

    /// <summary>Creates a function as a template does: <see cref="EchoFunction"/> where nothing else is said.</summary>
    public static Task<ProvisionedResource> ProvisionAsync(IServiceProvider services, string name, JsonObject? properties = null)
    {
        properties ??= [];
        properties["FunctionName"] = name;
        properties["Handler"] ??= Handler(typeof(EchoFunction));
        return services.GetServices<IResourceProvider>().Single(provider => provider.ResourceTypes.Contains("AWS::Serverless::Function"))
            .ProvisionAsync(Resource(name, properties), TestContext.Current.CancellationToken);
    }
}

/// <summary>What makes the methods below ones of an instance, as Lambda calls them.</summary>
public interface ITestFunction
{
    Task<Stream> HandleAsync(Stream payload);
}

/// <summary>Gives back what it gets.</summary>
public sealed class EchoFunction : ITestFunction
{
    private Stream? _last;

    public async Task<Stream> HandleAsync(Stream payload)
    {
        MemoryStream copy = new();
        await payload.CopyToAsync(copy);
        copy.Position = 0;
        return copy;
    }

    public Stream Synchronous(Stream payload) => _last ??= payload;
}

/// <summary>Always fails.</summary>
public sealed class BrokenFunction : ITestFunction
{
    public Task<Stream> HandleAsync(Stream payload) => throw new TestFailureException("broken é<&>");
}

/// <summary>Never ends.</summary>
public sealed class EndlessFunction : ITestFunction
{
    public Task<Stream> HandleAsync(Stream payload) => new TaskCompletionSource<Stream>().Task;
}

/// <summary>Gives more than an answer may have.</summary>
public sealed class HugeFunction : ITestFunction
{
    public Task<Stream> HandleAsync(Stream payload) => Task.FromResult<Stream>(new MemoryStream(new byte[7 * 1024 * 1024]));
}

/// <summary>Says what it draws from its surroundings, and how often it was constructed.</summary>
public sealed class SurroundedFunction(FunctionServices services) : ITestFunction
{
    private readonly int _number = Interlocked.Increment(ref s_constructed);
    private static int s_constructed;

    public static int Constructed => s_constructed;

    public Task<Stream> HandleAsync(Stream payload) => Task.FromResult<Stream>(new MemoryStream(Encoding.UTF8.GetBytes(new JsonObject
    {
        ["greeting"] = services.Environment["GREETING"],
        ["name"] = services.Environment["AWS_LAMBDA_FUNCTION_NAME"],
        ["endpoint"] = services.S3.Config.ServiceURL,
        ["number"] = _number,
    }.ToJsonString())));
}

/// <summary>Can't be constructed as a function.</summary>
public sealed class UnconstructibleFunction(string text) : ITestFunction
{
    public Task<Stream> HandleAsync(Stream payload) => Task.FromResult<Stream>(new MemoryStream(Encoding.UTF8.GetBytes(text)));
}

/// <summary>What <see cref="BrokenFunction"/> throws.</summary>
public sealed class TestFailureException(string message) : Exception(message);
