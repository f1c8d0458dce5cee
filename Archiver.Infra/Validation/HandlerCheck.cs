using System.Text.Json.Nodes;
using Archiver.Infra.LocalCloud.Lambda;
using Archiver.Infra.LocalCloud.Stack;

namespace Archiver.Infra.Validation;

/// <summary>Checks that a function's handler exists, in the assembly that travels with this program.</summary>
internal static class HandlerCheck
{
    /// <summary>Checks a function.</summary>
    public static void Check(ResourceDeclaration declaration, TemplateResource function, ICollection<Finding> findings)
    {
        string? runtime = Text("Runtime");
        if (runtime?.StartsWith("dotnet", StringComparison.Ordinal) != true)
        {
            Error("RUNTIME", $"The function {function.LogicalId} has the runtime {runtime ?? "nothing"}; the local cloud runs dotnet functions.", "Runtime");
            return;
        }
        if (Text("Handler") is not { } handler)
        {
            Error("HANDLER", $"The function {function.LogicalId} has no Handler.", "Handler");
            return;
        }
        try
        {
            LambdaHandler.Find(handler, () => throw new InvalidOperationException("A handler that is only looked for is not called."));
        }
        catch (LambdaHandlerException exception)
        {
            Error("HANDLER", exception.Message, "Handler");
        }

        string? Text(string property) => (function.Properties[property] as JsonValue)?.ToString();
        void Error(string code, string message, string property) => findings.Add(Finding.Error(code, message, declaration.Properties[property]?.At ?? declaration.At));
    }
}
